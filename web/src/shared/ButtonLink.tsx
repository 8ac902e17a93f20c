import { useRouter } from "@tanstack/react-router";
import { Button } from "antd";

/** A link to a page of the console that looks like a button. `page` is its address with what it asks for, as the server tells it. */
export function ButtonLink({
  page,
  primary,
  children,
}: {
  page: string;
  primary?: boolean;
  children: React.ReactNode;
}) {
  const router = useRouter();
  return (
    <Button
      href={page}
      type={primary ? "primary" : "default"}
      onClick={(event) => {
        // Into another tab or window: the browser's own way.
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
        event.preventDefault();
        router.history.push(page);
      }}
    >
      {children}
    </Button>
  );
}
