// Who decides in my place, until when.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, DatePicker, Form, Skeleton, Space } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem, type ProblemError } from "@/api/problem";
import { Person } from "@/shared/fields/FieldText";
import { UserPicker } from "@/shared/fields/PersonPicker";
import { formatTime } from "@/shared/format";
import { ProblemAlert, ProblemPage } from "@/shared/ProblemView";

const KEY = ["requests", "deputy"];
const LONGEST_DAYS = 366;

export function DeputyTab() {
  const { t } = useTranslation("requests");
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [problem, setProblem] = useState<ProblemError>();
  const [busy, setBusy] = useState(false);
  const deputy = useQuery({ queryKey: KEY, queryFn: () => data(api.GET("/api/v1/me/deputy")) });
  if (deputy.isPending) return <Skeleton active />;
  if (deputy.isError) return <ProblemPage problem={asProblem(deputy.error)} onRetry={() => void deputy.refetch()} />;
  const put = async (user: string | null, until: number | null) => {
    setBusy(true);
    setProblem(undefined);
    try {
      await api.PUT("/api/v1/me/deputy", { body: { user, until } });
      void message.success(t("deputy.saved"));
      await queries.invalidateQueries({ queryKey: KEY });
    } catch (error) {
      setProblem(asProblem(error));
    } finally {
      setBusy(false);
    }
  };
  const { user, until } = deputy.data;
  return (
    <div className="panel deputy">
      <p className="muted requests-note">{t("deputy.text")}</p>
      {problem && <ProblemAlert problem={problem} style={{ marginBottom: 16 }} />}
      {user && until ? (
        <Space wrap>
          <strong>
            <Person id={user} /> · {formatTime(until)}
          </strong>
          <Button danger size="small" loading={busy} onClick={() => void put(null, null)}>
            {t("deputy.remove")}
          </Button>
        </Space>
      ) : (
        <>
          <p>{t("deputy.none")}</p>
          <Form
            layout="vertical"
            requiredMark={false}
            disabled={busy}
            initialValues={{ until: dayjs().add(7, "day").endOf("day") }}
            onFinish={(f: { user: string; until: Dayjs }) => void put(f.user, f.until.valueOf())}
          >
            <Form.Item name="user" label={t("deputy.user")} rules={[{ required: true, message: t("deputy.need") }]}>
              <UserPicker />
            </Form.Item>
            <Form.Item name="until" label={t("deputy.until")} rules={[{ required: true, message: t("deputy.need") }]}>
              <DatePicker
                showTime={{ format: "HH:mm" }}
                format="YYYY-MM-DD HH:mm"
                minDate={dayjs()}
                maxDate={dayjs().add(LONGEST_DAYS - 1, "day")}
              />
            </Form.Item>
            <Button type="primary" htmlType="submit" loading={busy}>
              {t("deputy.save")}
            </Button>
          </Form>
        </>
      )}
    </div>
  );
}
