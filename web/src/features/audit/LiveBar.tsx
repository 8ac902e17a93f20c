// The switch of the live log, and how it stands.

import { Button, Switch } from "antd";
import { useTranslation } from "react-i18next";
import type { LiveState } from "./useLive";

type Props = {
  wanted: boolean;
  onWanted: (wanted: boolean) => void;
  /** A period that is over has nothing to come. */
  possible: boolean;
  state: LiveState;
  held: number;
  onRelease: () => void;
  onAgain: () => void;
};

export function LiveBar({ wanted, onWanted, possible, state, held, onRelease, onAgain }: Props) {
  const { t } = useTranslation("audit");
  const reason = (code: string) => {
    const key = `live.lost.${code}`;
    const known = ["session_ended", "not_permitted", "too_slow", "unavailable", "refused", "many"].includes(code);
    return known ? (t as (key: string) => string)(key) : t("live.lost.refused");
  };
  return (
    <span className="live-bar">
      <Switch
        size="small"
        checked={wanted && possible}
        disabled={!possible}
        onChange={onWanted}
        aria-label={t("live.switch")}
        title={possible ? t("live.help") : t("live.over")}
      />
      <span>{t("live.switch")}</span>
      <span role="status" className={`live-state live-${state.kind}`}>
        {state.kind === "on" && <span className="live-dot" aria-hidden />}
        {state.kind === "off" ? "" : state.kind === "lost" ? reason(state.reason) : t(`live.${state.kind}`)}
      </span>
      {state.kind === "lost" && (
        <Button size="small" onClick={onAgain}>
          {t("live.again")}
        </Button>
      )}
      {held > 0 && (
        <Button size="small" type="primary" onClick={onRelease}>
          {t("live.held", { n: held })}
        </Button>
      )}
    </span>
  );
}
