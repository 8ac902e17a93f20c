// A form in a dialog: it sends what was entered, waits, and tells what stood against it beside the fields, which keep their values.

import { Form, type FormInstance, Modal } from "antd";
import { type ReactNode, useState } from "react";
import { asProblem, type ProblemError } from "@/api/problem";
import { ProblemAlert } from "./ProblemView";

type Props<F> = {
  title: ReactNode;
  submit: string;
  cancel?: string;
  danger?: boolean;
  /** Where fields depend on one another, the form that is watched. */
  form?: FormInstance<F>;
  initial?: object;
  /** Throws what stood against it; closing the dialog is its own to do. */
  onSubmit: (fields: F) => Promise<unknown>;
  onClose: () => void;
  /** What else can be done about what stood against it. */
  remedy?: (problem: ProblemError) => ReactNode;
  children: ReactNode;
};

export function FormDialog<F>({
  title,
  submit,
  cancel,
  danger,
  form,
  initial,
  onSubmit,
  onClose,
  remedy,
  children,
}: Props<F>) {
  const [own] = Form.useForm<F>(form);
  const [problem, setProblem] = useState<ProblemError>();
  const [busy, setBusy] = useState(false);
  const finish = async (fields: F) => {
    setBusy(true);
    setProblem(undefined);
    try {
      await onSubmit(fields);
    } catch (error) {
      setProblem(asProblem(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title={title}
      onCancel={onClose}
      onOk={own.submit}
      okText={submit}
      {...(cancel ? { cancelText: cancel } : {})}
      okButtonProps={{ danger: danger ?? false }}
      confirmLoading={busy}
    >
      <Form
        form={own}
        layout="vertical"
        requiredMark={false}
        {...(initial ? { initialValues: initial } : {})}
        onFinish={(fields: F) => void finish(fields)}
      >
        {problem && (
          <ProblemAlert problem={problem} style={{ marginBottom: 16 }}>
            {remedy?.(problem)}
          </ProblemAlert>
        )}
        {children}
      </Form>
    </Modal>
  );
}
