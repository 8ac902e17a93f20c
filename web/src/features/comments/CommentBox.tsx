// Where a comment is written: `@` offers those who will read it. What stood against it is told below, and the words stay.

import { Button, Mentions, Space } from "antd";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { asProblem, type ProblemError } from "@/api/problem";
import { ProblemAlert } from "@/shared/ProblemView";
import { type Place, useReaders } from "./comments";
import { type Mention, sent, written } from "./text";

/** So many are offered at once. */
const OFFERED = 50;
const MOST = 2000;

type Props = {
  place: Place;
  /** What is changed; a new one where left out. */
  text?: string;
  mentions?: Mention[];
  submit: string;
  onSubmit: (text: string) => Promise<void>;
  onCancel?: () => void;
};

export function CommentBox({ place, text = "", mentions = [], submit, onSubmit, onCancel }: Props) {
  const { t } = useTranslation(["comments", "common"]);
  const [value, setValue] = useState(() => written(text, mentions));
  const [like, setLike] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ProblemError>();
  const chosen = useRef<Mention[]>(mentions);
  const first = useReaders(place, "", like !== undefined);
  const many = (first.data?.items.length ?? 0) >= OFFERED;
  const found = useReaders(place, like ?? "", many && (like ?? "") !== "");
  const readers = (many && like ? found.data?.items : first.data?.items) ?? [];
  const label = (r: (typeof readers)[number]) =>
    readers.some((o) => o.name === r.name && o.user !== r.user) ? `${r.name}（${r.department}）` : r.name;
  const options = readers
    .filter((r) => !like || r.name.toLowerCase().includes(like.toLowerCase()))
    .map((r) => ({ key: r.user, value: label(r), label: `${r.name} · ${r.department}` }));

  const submitted = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      await onSubmit(sent(value, chosen.current));
      setValue("");
      chosen.current = [];
    } catch (error) {
      setProblem(asProblem(error));
    } finally {
      setBusy(false);
    }
  };
  const refused = problem?.errors.find((e) => e.code === "cannot_mention");
  return (
    <div className="comment-box">
      <Mentions
        value={value}
        onChange={setValue}
        onSearch={setLike}
        onSelect={(option) => {
          const reader = readers.find((r) => label(r) === option.value);
          if (reader) chosen.current = [...chosen.current, { user: reader.user, name: String(option.value) }];
        }}
        options={options}
        loading={first.isFetching || found.isFetching}
        notFoundContent={t("nobody")}
        placeholder={t("placeholder")}
        aria-label={t("comment")}
        rows={3}
        maxLength={MOST}
      />
      {refused ? (
        <p className="comment-problem" role="alert">
          {t("cannotMention")}
        </p>
      ) : (
        problem && <ProblemAlert problem={problem} />
      )}
      <Space>
        <Button type="primary" disabled={value.trim() === ""} loading={busy} onClick={() => void submitted()}>
          {submit}
        </Button>
        {onCancel && <Button onClick={onCancel}>{t("common:cancel")}</Button>}
      </Space>
    </div>
  );
}
