// A text of the guide or of a course, as it is read.

import { Link } from "@tanstack/react-router";
import { Fragment } from "react";
import { blocks, type Inline } from "./markdown";
import { pageOf } from "./pages";

export function GuideText({ text }: { text: string }) {
  return blocks(text).map((block, n) => {
    const key = `${n}`;
    if (block.kind === "heading")
      return block.level === 1 ? <h1 key={key}>{block.text}</h1> : <h2 key={key}>{block.text}</h2>;
    if (block.kind === "paragraph")
      return (
        <p key={key}>
          <Parts parts={block.parts} />
        </p>
      );
    const items = block.items.map((item, i) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: a page never changes while it is shown
      <li key={i}>
        <Parts parts={item} />
      </li>
    ));
    return block.ordered ? <ol key={key}>{items}</ol> : <ul key={key}>{items}</ul>;
  });
}

function Parts({ parts }: { parts: Inline[] }) {
  return parts.map((part, n) => {
    const key = `${n}`;
    if (part.kind === "bold") return <strong key={key}>{part.text}</strong>;
    if (part.kind === "code") return <code key={key}>{part.text}</code>;
    if (part.kind === "text") return <Fragment key={key}>{part.text}</Fragment>;
    const page = pageOf(part.to);
    return page === undefined || page === "index" ? (
      <Link key={key} to="/help">
        {part.text}
      </Link>
    ) : (
      <Link key={key} to="/help/$page" params={{ page }}>
        {part.text}
      </Link>
    );
  });
}
