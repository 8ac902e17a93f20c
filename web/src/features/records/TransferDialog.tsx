import { Alert, Checkbox, Form, Input, Modal, Radio, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { asProblem, type ProblemError } from "@/api/problem";
import { poolOf, useOwnPools } from "@/features/process/pools";
import { useLabel } from "@/i18n";
import { UserPicker } from "@/shared/fields/PersonPicker";
import { ProblemAlert } from "@/shared/ProblemView";

export type TransferTo = {
  user?: string;
  pool?: boolean;
  to_pool?: string;
  reason?: string;
  with_related?: boolean;
  purpose?: string;
};
type Fields = {
  to: "user" | "pool";
  user?: string;
  toPool?: string;
  reason?: string;
  related: boolean;
  purpose?: string;
};

export function TransferDialog({
  object,
  pool,
  back = false,
  from,
  onSubmit,
  onClose,
}: {
  object: string;
  /** Whether it can go to a pool. */
  pool: boolean;
  /** Whether it is opened to return it. */
  back?: boolean;
  /** The pool that it came from. */
  from?: unknown;
  onSubmit: (to: TransferTo) => Promise<void>;
  onClose: () => void;
}) {
  const { t } = useTranslation(["records", "process"]);
  const label = useLabel();
  const [form] = Form.useForm<Fields>();
  const to = Form.useWatch("to", form) ?? (back ? "pool" : "user");
  // Pools are asked for once it is to go to one.
  const pools = useOwnPools(to === "pool").data?.items.filter((p) => p.object === object) ?? [];
  const chosen = poolOf(pools, object, Form.useWatch("toPool", form) ?? from);
  const [problem, setProblem] = useState<ProblemError>();
  const [busy, setBusy] = useState(false);
  const submit = async (fields: Fields) => {
    setBusy(true);
    setProblem(undefined);
    try {
      await onSubmit({
        ...(to === "pool"
          ? {
              pool: true,
              ...(chosen ? { to_pool: chosen.name } : {}),
              ...(fields.reason ? { reason: fields.reason } : {}),
            }
          : { user: fields.user as string }),
        with_related: fields.related,
        ...(fields.purpose ? { purpose: fields.purpose } : {}),
      });
    } catch (error) {
      setProblem(asProblem(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title={to === "pool" ? t("process:return.act") : t("transferDialog.title")}
      onCancel={onClose}
      onOk={form.submit}
      okText={to === "pool" ? t("process:return.act") : t("transferDialog.title")}
      confirmLoading={busy}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{ to: back ? "pool" : "user", related: false }}
        onFinish={(f) => void submit(f)}
      >
        {problem && <ProblemAlert problem={problem} style={{ marginBottom: 16 }} />}
        {pool && !back && (
          <Form.Item name="to" label={t("transferDialog.to")}>
            <Radio.Group
              options={[
                { value: "user", label: t("transferDialog.user") },
                { value: "pool", label: t("transferDialog.pool") },
              ]}
            />
          </Form.Item>
        )}
        {to === "user" && (
          <Form.Item
            name="user"
            label={t("transferDialog.user")}
            rules={[{ required: true, message: t("transferDialog.choose") }]}
          >
            <UserPicker />
          </Form.Item>
        )}
        {to === "pool" && pools.length > 1 && (
          <Form.Item name="toPool" label={t("process:return.pool")}>
            <Select
              placeholder={chosen ? label(chosen.label) : ""}
              options={pools.map((p) => ({ value: p.name, label: label(p.label) }))}
            />
          </Form.Item>
        )}
        {to === "pool" && chosen !== undefined && chosen.reasons.length > 0 && (
          <Form.Item
            name="reason"
            label={t("process:return.reason")}
            rules={[{ required: true, message: t("process:return.need") }]}
          >
            <Select options={chosen.reasons.map((r) => ({ value: r.value, label: label(r.label) }))} />
          </Form.Item>
        )}
        {to === "user" && (
          <Form.Item name="related" valuePropName="checked">
            <Checkbox>{t("transferDialog.related")}</Checkbox>
          </Form.Item>
        )}
        <Form.Item name="purpose" label={to === "pool" ? t("process:return.note") : t("transferDialog.reason")}>
          <Input.TextArea maxLength={500} rows={2} />
        </Form.Item>
        <Alert
          type="info"
          showIcon
          title={t("transferDialog.sharesEnd")}
          {...(to === "pool" ? { description: t("process:return.along") } : {})}
        />
      </Form>
    </Modal>
  );
}
