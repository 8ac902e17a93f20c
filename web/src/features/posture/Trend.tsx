// The score over time, as a line.

import { useTranslation } from "react-i18next";
import { formatTime } from "@/shared/format";
import { points, usePostureRuns } from "./posture";

const WIDTH = 600;
const HEIGHT = 110;
const EDGE = 8;

export function Trend() {
  const { t } = useTranslation("posture");
  const runs = (usePostureRuns().data?.items ?? []).filter((r) => r.share !== null).reverse();
  const first = runs[0];
  const last = runs[runs.length - 1];
  if (!first || !last) return null;
  const span = Math.max(1, last.at - first.at);
  const x = (at: number) => (runs.length === 1 ? WIDTH / 2 : EDGE + ((at - first.at) / span) * (WIDTH - 2 * EDGE));
  const y = (share: number) => HEIGHT - EDGE - (share / 1000) * (HEIGHT - 2 * EDGE);
  const dots = runs.map((r) => ({ id: r.id, at: r.at, share: r.share ?? 0 }));
  const alt = t("trendAlt", { count: runs.length, first: points(first.share), last: points(last.share) });
  return (
    <svg className="posture-line" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={alt}>
      {[0, 500, 1000].map((share) => (
        <line key={share} className="posture-grid" x1={0} x2={WIDTH} y1={y(share)} y2={y(share)} />
      ))}
      <polyline className="posture-path" points={dots.map((d) => `${x(d.at)},${y(d.share)}`).join(" ")} />
      {dots.map((d) => (
        <circle key={d.id} className="posture-dot" cx={x(d.at)} cy={y(d.share)} r={4}>
          <title>{t("trendText", { when: formatTime(d.at), score: points(d.share) })}</title>
        </circle>
      ))}
    </svg>
  );
}
