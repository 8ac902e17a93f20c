// The evidence about what a page shows, to take away, for those who may.

import { Button } from "antd";
import { type ComponentProps, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useDuty } from "@/app/session";
import { DownloadIcon } from "@/shared/icons";
import { EvidenceDialog } from "./EvidenceDialog";

type About = Pick<ComponentProps<typeof EvidenceDialog>, "subject" | "period">;

/** Nothing while it is not known what it is about. */
export function useEvidence(about: About | undefined): { button: ReactNode; dialog: ReactNode } {
  const { t } = useTranslation("audit");
  const may = useDuty("audit.evidence");
  const [taking, setTaking] = useState(false);
  return {
    button: may && about && (
      <Button type="primary" icon={<DownloadIcon />} onClick={() => setTaking(true)}>
        {t("evidence.button")}
      </Button>
    ),
    dialog: taking && about && <EvidenceDialog {...about} onClose={() => setTaking(false)} />,
  };
}
