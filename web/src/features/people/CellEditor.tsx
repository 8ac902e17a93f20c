// One cell of the matrix: on which records a role has an operation, or at which level it has fields of a class.

import { Button, Checkbox, Modal, Select, Space } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { MatrixRow, Scope } from "@/api/types";
import { useTerms } from "@/i18n/terms";
import { useObjects, useObjectWords, useRoleName } from "@/shared/directory";
import { DeleteIcon, PlusIcon } from "@/shared/icons";
import { type FieldEntry, ownFields, ownScopes, setFields, setScopes } from "./draft";
import { useRuleWords } from "./ruleWords";

export type CellAt = { role: string; object: string; operation: string } | { role: string; object: string; of: string };

/** Scopes that need no more to be said. */
export const SIMPLE = ["own", "reports", "participant", "department", "subtree", "pool", "all"] as const;
const LEVELS = ["masked", "read_only", "editable"] as const;

type Props = {
  at: CellAt;
  rows: MatrixRow[];
  onChange: (rows: MatrixRow[]) => void;
  onClose: () => void;
};

const key = (scope: Scope) => JSON.stringify(scope);

export function CellEditor({ at, rows, onChange, onClose }: Props) {
  const { t } = useTranslation(["people", "common"]);
  const term = useTerms();
  const role = useRoleName();
  const words = useObjectWords();
  const what = "operation" in at ? term("action", at.operation) : term("class", at.of);
  const title = t("edit.cell", { role: role(at.role), object: words.object(at.object), what });
  const shared = { at, rows, title, onClose, onChange };
  return "operation" in at ? <ScopesOf {...shared} at={at} /> : <LevelsOf {...shared} at={at} />;
}

type Inner<T> = Omit<Props, "at"> & { at: T; title: string };

function ScopesOf({ at, rows, title, onChange, onClose }: Inner<{ role: string; object: string; operation: string }>) {
  const { t } = useTranslation(["people", "common"]);
  const words = useRuleWords();
  const objects = useObjects().map((o) => o.name);
  const before = ownScopes(rows, at.role, at.object, at.operation);
  const [chosen, setChosen] = useState(before.map(key));
  const simple: Scope[] = SIMPLE.map((kind) => ({ kind }));
  const others = before.filter((s) => s.kind === "chosen" || s.kind === "condition");
  const all = [...simple, ...others];
  const save = () => {
    const scopes = all.filter((s) => chosen.includes(key(s)));
    onChange(setScopes(rows, at.role, at.object, at.operation, scopes, objects));
    onClose();
  };
  return (
    <Modal open title={title} onCancel={onClose} onOk={save} okText={t("edit.take")} cancelText={t("common:cancel")}>
      <p className="muted">{t("edit.scopeText")}</p>
      <Checkbox.Group
        className="scope-choice"
        value={chosen}
        onChange={setChosen}
        options={all.map((s) => ({ value: key(s), label: words.scope(s) }))}
      />
    </Modal>
  );
}

function LevelsOf({ at, rows, title, onChange, onClose }: Inner<{ role: string; object: string; of: string }>) {
  const { t } = useTranslation(["people", "common"]);
  const words = useRuleWords();
  const objects = useObjects().map((o) => o.name);
  const [entries, setEntries] = useState<FieldEntry[]>(() => ownFields(rows, at.role, at.object, at.of));
  const simple: Scope[] = SIMPLE.map((kind) => ({ kind }));
  const others = entries.map((e) => e.scope).filter((s) => s.kind === "chosen" || s.kind === "condition");
  const scopes = [...simple, ...others];
  const change = (n: number, part: Partial<FieldEntry>) =>
    setEntries(entries.map((e, i) => (i === n ? { ...e, ...part } : e)));
  const save = () => {
    onChange(setFields(rows, at.role, at.object, at.of, entries, objects));
    onClose();
  };
  return (
    <Modal open title={title} onCancel={onClose} onOk={save} okText={t("edit.take")} cancelText={t("common:cancel")}>
      <p className="muted">{t("edit.levelText")}</p>
      <ul className="level-list">
        {entries.map((entry, n) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: entries have no other identity, and are only appended or removed
          <li key={n}>
            <Select
              aria-label={t("edit.level")}
              value={entry.level}
              onChange={(level) => change(n, { level })}
              options={LEVELS.map((level) => ({ value: level, label: t(`level.${level}`) }))}
            />
            <Select
              aria-label={t("rule.scope")}
              className="level-scope"
              value={key(entry.scope)}
              onChange={(value) => change(n, { scope: JSON.parse(value) as Scope })}
              options={scopes.map((s) => ({ value: key(s), label: words.scope(s) }))}
            />
            <Button
              icon={<DeleteIcon />}
              aria-label={t("common:delete")}
              onClick={() => setEntries(entries.filter((_, i) => i !== n))}
            />
          </li>
        ))}
      </ul>
      <Space>
        <Button
          icon={<PlusIcon />}
          onClick={() => setEntries([...entries, { level: "masked", scope: { kind: "own" } }])}
        >
          {t("edit.addLevel")}
        </Button>
        {entries.length === 0 && <span className="muted">{t("edit.noLevel")}</span>}
      </Space>
    </Modal>
  );
}
