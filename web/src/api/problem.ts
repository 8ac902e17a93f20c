// Errors as the API says them (RFC 9457), plus the two that happen before it can: no connection, no problem document.

export type Help = { zh: string; en: string };
/** `reason` is in English; `help` says the same in both languages. */
export type ProblemItem = { pointer: string; code: string; reason: string; help?: Help };

export type ProblemBody = {
  title: string;
  status: number;
  code: string;
  detail?: string;
  help: Help;
  trace_id?: string;
  errors?: ProblemItem[];
  rules?: string[];
  until?: number;
};

export class ProblemError extends Error {
  readonly status: number;
  readonly code: string;
  readonly help: Help;
  readonly detail: string | undefined;
  readonly traceId: string | undefined;
  readonly errors: ProblemItem[];
  readonly rules: string[];
  /** Seconds after which trying again makes sense. */
  readonly retryAfter: number | undefined;
  /** When what stands against it ends by itself. */
  readonly until: number | undefined;

  constructor(body: ProblemBody, requestId?: string, retryAfter?: number) {
    super(body.title);
    this.name = "ProblemError";
    this.status = body.status;
    this.code = body.code;
    this.help = body.help;
    this.detail = body.detail;
    this.traceId = body.trace_id ?? requestId;
    this.errors = body.errors ?? [];
    this.rules = body.rules ?? [];
    this.retryAfter = retryAfter;
    this.until = body.until;
  }

  static offline(): ProblemError {
    return new ProblemError({
      title: "no connection",
      status: 0,
      code: "offline",
      help: {
        zh: "无法连接服务器。请检查网络，然后重试；您填写的内容仍在。",
        en: "The server cannot be reached. Check the network, then try again; what you entered is still here.",
      },
    });
  }

  /** Whether sending the same again may help without any other change. */
  get retryable(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500 || this.code === "conflict";
  }

  /** The reason given for a field of the record. */
  forField(name: string): ProblemItem | undefined {
    return this.errors.find((item) => item.pointer === `/fields/${name}`);
  }
}

function isProblem(value: unknown): value is ProblemBody {
  if (typeof value !== "object" || value === null) return false;
  const body = value as Record<string, unknown>;
  return typeof body.code === "string" && typeof body.status === "number" && typeof body.help === "object";
}

/** The problem an error answer tells of. */
export async function problemOf(response: Response): Promise<ProblemError> {
  const requestId = response.headers.get("x-request-id") ?? undefined;
  const after = Number(response.headers.get("retry-after"));
  const retryAfter = Number.isFinite(after) && after > 0 ? after : undefined;
  let body: unknown;
  try {
    body = await response.json();
  } catch {
    body = undefined;
  }
  if (isProblem(body)) return new ProblemError(body, requestId, retryAfter);
  return new ProblemError(
    {
      title: "unexpected answer",
      status: response.status,
      code: "unexpected_answer",
      help: {
        zh: "服务器的回答无法识别，可能来自中间的代理。请重试；若仍如此，请联系管理员。",
        en: "The answer could not be understood; a proxy in between may have given it. Try again, or tell the administrator.",
      },
    },
    requestId,
    retryAfter,
  );
}

/** Any thrown value as a problem. */
export function asProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  return new ProblemError({
    title: error instanceof Error ? error.message : String(error),
    status: -1,
    code: "console_error",
    help: {
      zh: "页面出错。请重试或刷新；若仍如此，请把下面的说明告诉管理员。",
      en: "The page failed. Try again or reload; if it stays, tell the administrator what is written below.",
    },
    detail: error instanceof Error ? error.message : String(error),
  });
}
