//! Every code an error answer can have: its status, a title, and what to do about it in Chinese and in English.
//!
//! Rule: codes are stable, clients decide by them; a code without one of its texts does not compile.

macro_rules! catalogue {
    ($($name:ident = $status:literal $code:literal, $title:literal, zh $zh:literal, en $en:literal;)*) => {
        /// A stable error code.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Code { $($name,)* }

        impl Code {
            pub const ALL: &'static [Code] = &[$(Code::$name,)*];
            pub const fn as_str(self) -> &'static str {
                match self { $(Code::$name => $code,)* }
            }
            /// The HTTP status it is answered with.
            pub const fn status(self) -> u16 {
                match self { $(Code::$name => $status,)* }
            }
            pub const fn title(self) -> &'static str {
                match self { $(Code::$name => $title,)* }
            }
            /// What to do about it.
            pub const fn help_zh(self) -> &'static str {
                match self { $(Code::$name => $zh,)* }
            }
            pub const fn help_en(self) -> &'static str {
                match self { $(Code::$name => $en,)* }
            }
        }
    };
}

catalogue! {
    // The request cannot be read.
    MalformedRequest = 400 "malformed_request", "malformed request",
        zh "请按接口文档检查请求的格式。", en "Check the form of the request against the API document.";
    MalformedJson = 400 "malformed_json", "malformed JSON",
        zh "请发送一个 UTF-8 编码的 JSON 对象，不含重复的键、控制字符或过深的嵌套。",
        en "Send one JSON object in UTF-8, without duplicate keys, control characters or deep nesting.";
    MalformedQuery = 400 "malformed_query", "malformed query",
        zh "请按接口文档检查地址中的查询参数。", en "Check the query parameters against the API document.";
    MalformedHeader = 400 "malformed_header", "malformed header",
        zh "请按接口文档检查请求头。", en "Check the named header against the API document.";
    BodyTooLarge = 413 "body_too_large", "body too large",
        zh "请缩小请求，或分成几次发送。", en "Send less, or send it in several requests.";
    UnsupportedMediaType = 415 "unsupported_media_type", "unsupported media type",
        zh "请以 application/json 发送请求。", en "Send the body as application/json.";
    UnknownRoute = 404 "unknown_route", "unknown route",
        zh "此地址没有接口，请查看 /api/explorer。", en "There is nothing at this address; see /api/explorer.";
    MethodNotAllowed = 405 "method_not_allowed", "method not allowed",
        zh "请使用响应头 Allow 列出的方法。", en "Use one of the methods named in the Allow header.";

    // Who is asking.
    Unauthenticated = 401 "unauthenticated", "not signed in",
        zh "请先登录，或提供有效的令牌。", en "Sign in, or send a valid token.";
    WrongCredentials = 401 "wrong_credentials", "login or password is wrong",
        zh "请检查账号和密码。", en "Check login and password.";
    SetupToken = 401 "setup_token", "not the link of this setup",
        zh "链接无效或已过期，请使用服务器启动时显示的完整链接。", en "Open the whole link that the server printed when it started; each start prints another.";
    CodeNeeded = 401 "code_needed", "second factor needed",
        zh "请连同账号、密码一起提交六位动态口令。", en "Send login and password again, together with the six-digit code.";
    WrongCode = 401 "wrong_code", "wrong code",
        zh "动态口令错误或已使用，请等待下一个。", en "The code is wrong or was used; wait for the next one.";
    CrossSite = 403 "cross_site", "cross-site request",
        zh "浏览器表明此请求来自其他网站，已拒绝。", en "The browser says that this request comes from another site; it was refused.";
    OutsideToken = 403 "outside_token", "the token or session was not made for this",
        zh "令牌不包含此操作；若密码须先修改，请先修改密码。",
        en "The token was not made for this operation; a session whose password must be changed can only change it.";

    // What may be done.
    Forbidden = 403 "forbidden", "not permitted",
        zh "您的角色没有此项权限；如有需要，请联系安全管理员。", en "Your roles do not permit this; ask the security administrator if you need it.";
    ForbiddenOnRecord = 403 "forbidden_on_record", "not permitted on this record",
        zh "您可以查看此记录，但不能对它执行该操作。", en "You may see this record, but not do this to it.";
    StepUpNeeded = 403 "step_up_needed", "second factor needed",
        zh "此操作须先通过多因素认证。", en "Prove your second factor, then try again.";
    PurposeNeeded = 403 "purpose_needed", "a purpose is needed",
        zh "请说明用途后重试。", en "Say what it is for (X-Purpose, or `purpose` in the body), then try again.";
    PurposeRequired = 403 "purpose_required", "no business reason is seen; a purpose is required",
        zh "系统看不到您查看此客户的业务理由，请说明用途后重试。", en "No business reason for this look is seen. Say what it is for (X-Purpose), then try again.";
    OutsideOfficeHours = 403 "outside_office_hours", "outside working hours",
        zh "此操作仅限工作时间。", en "This is permitted within working hours only.";
    NetworkNotAllowed = 403 "network_not_allowed", "network not permitted",
        zh "此操作须在允许的网络内进行。", en "This is permitted from certain networks only.";
    TrainingNeeded = 403 "training_needed", "security training needed",
        zh "请先完成安全培训。", en "Renew your security training first.";
    ChannelNotAllowed = 403 "channel_not_allowed", "channel not permitted",
        zh "不允许以此方式访问。", en "This is not permitted by this way of access.";
    RateLimited = 429 "rate_limited", "too much of this lately",
        zh "近期此类操作过多，请稍后再试。", en "You did too much of this lately; wait before you try again.";
    ApprovalAsked = 403 "approval_asked", "beyond a limit: an approval is needed",
        zh "近期此类操作已达上限，继续须先申请访问此记录，经审批后再试。",
        en "You reached a limit on this; ask for access to this record, and go on once it is approved.";
    Throttled = 429 "throttled", "reading is slowed for now",
        zh "您的访问暂被限速，请按 Retry-After 的秒数稍后再试；如有疑问，请联系安全管理员。",
        en "Your reading is slowed for now; wait as long as Retry-After says, and ask a security administrator why.";
    ExportSuspended = 403 "export_suspended", "exports are suspended for now",
        zh "您的导出权限暂被停用，到期自动恢复；如有疑问，请联系安全管理员。",
        en "Your right to take data out is suspended for a time; ask a security administrator about it.";
    AccountSuspended = 403 "account_suspended", "signing in is suspended for now",
        zh "您的账号暂被停用，到期自动恢复；如有疑问，请联系安全管理员。",
        en "Your account is suspended for a time; ask a security administrator about it.";
    TooManyAttempts = 429 "too_many_attempts", "too many attempts",
        zh "尝试次数过多，请稍后再试。", en "Wait as long as Retry-After says, then try again.";
    NotFound = 404 "not_found", "not found",
        zh "不存在，或您无权知道它是否存在。", en "It does not exist, or you may not know whether it does.";
    TooManyRows = 403 "too_many_rows", "more rows than one export may have",
        zh "结果超过您的角色单次可导出的行数，请缩小范围。", en "Your roles permit fewer rows in one export; narrow the question.";

    // Values.
    InvalidValues = 422 "invalid_values", "invalid values",
        zh "请更正 errors 中列出的各项。", en "Correct what `errors` lists.";
    IdempotencyMismatch = 422 "idempotency_mismatch", "the key was used for another request",
        zh "此 Idempotency-Key 已用于另一请求，请换一个。", en "Use a new Idempotency-Key for a new request.";

    // State.
    PreconditionNeeded = 428 "precondition_needed", "If-Match is needed",
        zh "请先读取记录，并在 If-Match 中带上其 ETag。", en "Read the record first and send its ETag in If-Match.";
    VersionConflict = 412 "version_conflict", "the record has changed",
        zh "记录已被他人修改，请重新读取后再试。", en "Somebody changed the record; read it again, then decide.";
    Conflict = 409 "conflict", "another change came first",
        zh "另一项更改先完成了，请重新读取后再试。", en "Another change came first; read again, then try again.";
    Taken = 409 "taken", "a value that must be unique is taken",
        zh "某个必须唯一的值已被使用。", en "A value that must be unique is in use.";
    Idempotent = 409 "request_in_flight", "the same request is under way",
        zh "相同的请求正在处理，请稍后查看结果。", en "The same request is being carried out; look for its result before you try with a new key.";
    Barred = 409 "barred", "a rule of the house stands against it",
        zh "系统规则不允许此操作，详见 detail。", en "A rule that no role can lift stands against it; see `detail`.";
    ShareExceedsOwn = 409 "share_exceeds_own", "a share cannot give more than its giver has",
        zh "共享的权限不能超过您自己的权限。", en "Share with lesser rights, or ask somebody who has them.";
    HasRelated = 409 "has_related", "other records belong to it",
        zh "请先处理属于它的其他记录。", en "Move or delete the records that belong to it first.";
    LegalHold = 409 "legal_hold", "under legal hold",
        zh "数据处于依法保全中，解除前不能删除或销毁。", en "The data is under legal hold; it can go only once the hold is released.";
    RetentionDuty = 409 "retention_duty", "must be kept",
        zh "留存期限未到，不能销毁。", en "It must be kept until its retention has ended.";
    OwnRoles = 409 "own_roles", "nobody changes their own roles",
        zh "不能更改自己的角色，请由他人操作。", en "Ask another administrator to do it.";
    OwnAccount = 409 "own_account", "not on one's own account",
        zh "不能对自己的账号执行此操作，请由他人操作。", en "Ask another administrator to do it.";
    SelfGrant = 409 "self_grant", "nobody gives themselves rights",
        zh "不能给自己授权，请由他人操作。", en "Ask another administrator to do it.";
    ExcludedRoles = 409 "excluded_roles", "roles that exclude each other",
        zh "这些角色互斥，同一人不能同时担任。", en "Nobody can hold these roles together; take one away first.";
    LastHolder = 409 "last_holder", "last holder of a duty",
        zh "请先把该职责授予另一人。", en "Give the duty to someone else first.";
    LastPolicyManager = 409 "last_policy_manager", "nobody could manage the policy any more",
        zh "更改后将无人能管理权限策略。", en "Keep a rule by which somebody can manage the policy.";
    SeparateDuty = 409 "separate_duty", "separation of duties",
        zh "违反三员分立。", en "The three administrative duties stay separate.";
    SystemAccount = 409 "system_account", "the system account cannot be changed",
        zh "系统账号不能更改。", en "The system account stays as it is.";
    DepartmentCycle = 409 "department_cycle", "a department cannot lie below itself",
        zh "部门不能移到自己的下级。", en "Choose a parent that does not lie below the department.";
    HasRecords = 409 "has_records", "there are records already",
        zh "已有记录，不能再做此更改。", en "This can be changed only while there are no records.";
    TooManyObjects = 409 "too_many_objects", "too many object types",
        zh "对象类型数量已达上限。", en "Use a field of an existing object type.";
    NumbersUsedUp = 409 "numbers_used_up", "the numbers are used up",
        zh "编号规则的计数已用尽，请系统管理员更改编号规则。", en "The pattern's counter is at its end; the administrator chooses another pattern.";
    TooManyRoles = 409 "too_many_roles", "too many roles",
        zh "角色数量已达上限。", en "Use an existing role.";
    PolicyProblem = 409 "policy", "the policy would not compile",
        zh "更改后权限策略无法编译，请先调整策略。", en "Change the rows of the policy that use it first.";
    NoPool = 409 "no_pool", "no pool is set up",
        zh "此对象尚未设置公海，请联系系统管理员。", en "No pool is set up for this object; ask the system administrator.";
    PoolNotMember = 409 "pool_not_member", "not a member of the pool",
        zh "您不是此公海的成员，不能领取。", en "Only members of the pool claim from it.";
    PoolFormerOwner = 409 "pool_former_owner", "its former owner waits",
        zh "前负责人在等待期内不能再次领取，详见 detail。", en "Its former owner may claim it again only later; see `detail`.";
    PoolTooNew = 409 "pool_too_new", "it came in lately",
        zh "刚进入公海，保护期内不能领取，详见 detail。", en "It came into the pool lately and can be claimed later; see `detail`.";
    PoolDailyLimit = 409 "pool_daily_limit", "daily claims are used up",
        zh "今日领取数量已达上限，请明天再来。", en "The claims of a day are used up; come back tomorrow.";
    PoolHoldingLimit = 409 "pool_holding_limit", "the holding limit is reached",
        zh "已达到库容上限，请先退回或转出一些记录。", en "The holding limit is reached; return or hand over some first.";
    PoolReasonNeeded = 409 "pool_reason_needed", "a reason of return is needed",
        zh "退回此公海须选择原因。", en "Choose one of the pool's reasons of return.";
    RequestWaiting = 409 "request_waiting", "a request for the same is waiting",
        zh "您已提交过相同的申请，请等待审批，或先撤回。", en "A request of yours for the same is waiting; wait, or take it back first.";
    TooManyRequests = 409 "too_many_requests", "too many requests are waiting",
        zh "待审批的申请过多，请先撤回不需要的申请。", en "Too many requests of yours are waiting; take back what you do not need.";
    RequestDecided = 409 "request_decided", "it does not wait any more",
        zh "申请已不在等待审批。", en "The request does not wait any more; read the list again.";
    RequesterLeft = 409 "requester_left", "who asked is not active any more",
        zh "申请人已停用，不能再同意此申请。", en "Who asked is not active any more; refuse the request.";
    FourEyes = 409 "four_eyes", "it takes a second person",
        zh "需要双人复核：请由另一位有此职责的人（且非提议人的代理人）确认；缩短留存请在审计策略中提议。", en "It takes a second person with the duty, who neither proposed it nor stands in for who did; a shorter retention is proposed in the audit policy.";
    OwnResponse = 409 "own_response", "not on what is taken from oneself",
        zh "对本人的处置须由其他安全管理员决定。", en "What is taken from yourself is for another security officer to decide.";
    ResponseInForce = 409 "response_in_force", "it is taken already",
        zh "对此人的同类处置已生效；如需更改，请先结束。", en "This is taken from them already; end it first to take it anew.";
    ResponseOver = 409 "response_over", "it has ended",
        zh "此处置已结束。", en "It has ended already.";
    ResponseLasts = 409 "response_lasts", "it has no end already",
        zh "此处置已是长期。", en "It lasts until it is ended already.";
    ResponseWaits = 409 "response_waits", "it waits for a second word",
        zh "已有人申请转为长期，正等待另一位安全管理员复核。", en "Somebody asked that already; it waits for another security officer.";
    NothingWaits = 409 "nothing_waits", "nothing waits for a second word",
        zh "没有等待复核的申请。", en "Nobody asked that it lasts.";
    TooManyCanaries = 409 "too_many_canaries", "there are too many decoys",
        zh "诱饵数量已达上限，请先解除不再需要的。", en "There are as many decoys as are kept; lift those that are not needed.";
    TooManyFeeds = 409 "too_many_feeds", "there are too many sources",
        zh "外部日志来源已达上限，请先移除不再需要的。", en "There are as many sources as are kept; remove those that are not needed.";
    FeedFormatStays = 409 "feed_format_stays", "a source keeps its format",
        zh "来源的格式不能更改，请另建来源。", en "A system's log does not change its form; name another source.";
    FeedUnreadable = 422 "feed_unreadable", "the file cannot be read",
        zh "文件无法读完，可能已损坏或未传完。已读部分保留，重新发送会接着读。", en "The file is damaged or not whole. What was read stays; sent again, it goes on.";
    FeedNoColumn = 422 "feed_no_column", "a column is missing",
        zh "文件缺少映射所需的列，请检查列名与分隔符。", en "The file has not the columns of the mapping; check their names and the delimiter.";
    FeedEmpty = 422 "feed_empty", "the file is empty",
        zh "文件为空。", en "There is nothing in it.";
    FeedBadHeader = 422 "feed_bad_header", "the names of the columns cannot be read",
        zh "无法读取列名，请检查文件编码。", en "Check the encoding of the file.";
    FeedBadSource = 422 "feed_bad_source", "the source cannot be used",
        zh "请修改来源的设置。", en "Mend the source.";
    FeedTooLarge = 422 "feed_too_large", "the file unpacks to too much",
        zh "解压后过大，请在服务器上使用 whosaw feed load。", en "Use `whosaw feed load` on the server.";
    ScanTooLarge = 413 "scan_too_large", "the report is too large",
        zh "报告过大，请拆分后分别导入。", en "Split the report and take in the parts as assets of their own.";
    ScanEmpty = 422 "scan_empty", "the report is empty",
        zh "报告为空。", en "There is nothing in it.";
    ScanPacked = 422 "scan_packed", "the report is packed",
        zh "请先解压，再导入报告本身。", en "Unpack it first, and send the report itself.";
    ScanNotText = 422 "scan_not_text", "the report is not text",
        zh "请发送 UTF-8 编码的文本报告。", en "Send a report that is text in UTF-8.";
    ScanUnreadable = 422 "scan_unreadable", "the report is neither JSON nor XML",
        zh "报告不是有效的 JSON 或 XML，可能未传完。", en "It is not valid JSON or XML; perhaps it is not whole.";
    ScanEntities = 422 "scan_entities", "the report has a document type or entities of its own",
        zh "不接受含文档类型或自定义实体的 XML。请检查报告来源。", en "XML with a document type or entities of its own is not read. Look where the report comes from.";
    ScanTooComplex = 422 "scan_too_complex", "the report is nested too deep or has too many parts",
        zh "报告嵌套过深或内容过多，请检查报告来源。", en "Look where the report comes from, or split it.";
    ScanTooMany = 422 "scan_too_many", "the report has too many findings",
        zh "报告中的问题过多，请拆分后分别导入。", en "Split the report and take in the parts as assets of their own.";
    ScanUnknownFormat = 422 "scan_unknown_format", "it is not known which scanner made the report",
        zh "无法识别报告格式。支持 SARIF、CycloneDX、OSV、Trivy、ZAP、Nuclei、Greenbone。", en "SARIF, CycloneDX, OSV, Trivy, ZAP, Nuclei and Greenbone are read.";
    ScanBadShape = 422 "scan_bad_shape", "the report is not as its format says",
        zh "报告内容不符合其格式，整份未导入；详情指出位置。", en "Nothing was taken in; the detail names the place.";
    ScanOlder = 409 "scan_older", "a newer report was taken in",
        zh "该资产已导入同一工具的更新报告，旧报告不再导入。", en "A newer report of this tool and asset is there; an older one would close and open what it cannot know of.";
    TooManyFindings = 409 "too_many_findings", "there are too many vulnerabilities",
        zh "漏洞数量已达上限，请先处理已有的。", en "There are as many vulnerabilities as are kept.";
    FindingNotOpen = 409 "finding_not_open", "it is closed or set aside",
        zh "此漏洞已关闭或已搁置；如需处理请先重新打开。", en "Open it again first.";
    FindingIsOpen = 409 "finding_is_open", "it is open",
        zh "此漏洞本来就是未处理状态。", en "There is nothing to open again.";
    FindingWaits = 409 "finding_waits", "it waits for a second person",
        zh "已有人申请搁置，正等待第二人复核。", en "Somebody asked that it be set aside; a second person decides first.";
    FindingNothingWaits = 409 "finding_nothing_waits", "nothing waits for a second word",
        zh "没有等待复核的申请，或其期限已过。", en "Nobody asked that it be set aside, or the day is past.";
    FindingOwnWord = 409 "finding_own_word", "whoever asked is not the second person",
        zh "申请人不能自己复核，请由另一位漏洞管理人员复核。", en "Somebody else who manages vulnerabilities has to agree.";
    FindingNotFixed = 409 "finding_not_fixed", "nobody claimed that it is fixed",
        zh "请先由处理人标记为已修复，再由另一人验证。", en "Somebody says first that it is fixed; somebody else verifies it then.";
    FindingByScans = 409 "finding_by_scans", "scans verify what scans found",
        zh "此漏洞由扫描发现，须由下一次扫描验证。", en "Take in the next scan: it verifies what scans found.";
    AssessmentClosed = 409 "assessment_closed", "the assessment is closed",
        zh "此评估已关闭，内容不可再更改。", en "What it said is kept as it was; begin another assessment.";
    AssessmentNotDraft = 409 "assessment_not_draft", "questions are those of the day it was opened",
        zh "评估已开放，问题不能再增减。", en "Questions are added and taken out while it is a draft.";
    AssessmentEmpty = 409 "assessment_empty", "there is no question and no evidence",
        zh "请先导入问题，或选择证据。", en "Take questions in or choose evidence first.";
    AssessmentWaits = 409 "assessment_waits", "answers wait for their approval",
        zh "还有答复等待复核，请先复核或退回。", en "Approve the answers that wait, or send them back.";
    AssessmentState = 409 "assessment_state", "a draft is opened, and what is open is closed",
        zh "草稿只能开放，进行中的评估只能关闭。", en "Read it again: it is not in the state that this leads from.";
    TooManyAssessments = 409 "too_many_assessments", "there are as many assessments as are kept",
        zh "评估数量已达上限。", en "At most 1,000 assessments are kept.";
    TooManyQuestions = 409 "too_many_questions", "an assessment has at most 500 questions",
        zh "一次评估最多 500 个问题，请拆分为两次评估。", en "Divide it into two assessments: one has at most 500 questions.";
    TooManyAssessors = 409 "too_many_assessors", "at most 10 assessors are named",
        zh "一次评估最多指定 10 个外部账号。", en "Take somebody off first: at most 10 accounts are named.";
    OwnAssessor = 403 "own_assessor", "nobody assesses what they look after themselves",
        zh "不能指定自己为评估人。", en "Name somebody else: nobody assesses what they look after themselves.";
    AssessorInside = 409 "assessor_inside", "the account is somebody's of the company",
        zh "此账号已有其他角色或下属。请由系统管理员为评估人新建账号。", en "It has other roles, or people report to it. Have a system administrator make a new account for the assessor.";
    NoAssessorRole = 409 "no_assessor_role", "there is no role for assessors",
        zh "缺少角色 assessor，请在角色页重新定义。", en "Define the role `assessor` again.";
    OwnAnswer = 403 "own_answer", "whoever wrote an answer does not approve it",
        zh "答复人不能复核自己的答复，请由另一人复核。", en "Somebody else who runs assessments has to approve it.";
    NoAnswer = 409 "no_answer", "nobody has answered it yet",
        zh "此问题尚未答复。", en "It is answered first.";
    TooManyWords = 409 "too_many_words", "at most 50 words to one question",
        zh "此问题的意见已达 50 条。", en "There are 50 remarks to this question already; say it to another one.";
    CanaryLifted = 409 "canary_lifted", "it is no decoy any more",
        zh "此诱饵已解除。", en "It was lifted already.";
    ProposalWaiting = 409 "proposal_waiting", "another proposal waits",
        zh "已有一项提议在等待复核，请先处理。", en "A proposal waits for its second word; see to that one first.";
    ProposalLapsed = 409 "proposal_lapsed", "the proposal has lapsed",
        zh "提议超过七天未复核，已失效，请重新提议。", en "Nobody decided within seven days; propose it anew.";
    NothingChanged = 409 "nothing_changed", "nothing would change",
        zh "与现行策略相同，没有可提议的更改。", en "This is the policy in force; change something first.";
    RuleUnchanged = 409 "rule_unchanged", "the rule is like this already",
        zh "规则已是如此，没有更改。", en "The rule is like this already; change something first.";
    LastRule = 409 "last_rule", "one rule at least is on",
        zh "至少须启用一条检测规则。", en "One rule of detection at least stays on.";
    TooManyRules = 409 "too_many_rules", "a company has so many rules of its own",
        zh "自定义规则已达上限，请先删除不用的规则。", en "The company has as many rules of its own as it may; take one away first.";
    FilterAboutSelf = 409 "filter_about_self", "nobody narrows a rule for themselves",
        zh "筛选不能针对您本人，请由他人添加。", en "A filter may not be about yourself; ask somebody else with the duty.";
    FilterHidesMalicious = 409 "filter_hides_malicious", "the filter would hide what was malicious",
        zh "此筛选会隐藏已判定为恶意的告警，请收窄条件。", en "The filter would have hidden alerts that were called malicious; make it narrower.";
    AlreadyOpen = 409 "already_open", "the record is open already",
        zh "您已可查看此记录，无需紧急访问。", en "The record is open to you without an emergency access.";
    ReviewPending = 409 "review_pending", "an emergency access waits for its review",
        zh "您上一次紧急访问尚未复核，复核前不能再次紧急访问。", en "Your last emergency access must be reviewed before the next one.";
    ApprovalMissing = 409 "approval_missing", "no consent to this stands",
        zh "没有有效的审批；审批只适用于所申请的内容，且只能使用一次。", en "A consent is good once, and for exactly what was asked; ask for it anew.";
    ApprovalWaits = 409 "approval_waits", "it waits for an approval",
        zh "记录正在审批，审批结束或撤回前不能更改审批内容、转移或删除。", en "The record waits for an approval; what is approved stands still until that is decided or taken back.";
    ApprovalNeeded = 409 "approval_needed", "an approval comes first",
        zh "须先提交审批并获得通过；已生效的记录如需更改审批内容，请先退回到审批之前的状态。", en "Submit the record for approval first; where it has gone on already, take it back to before the approval to change it.";
    ApprovalNotNeeded = 409 "approval_not_needed", "no approval is needed",
        zh "此记录目前无需审批，或已经通过。", en "The record needs no approval as it stands, or has it already.";
    ApprovalNobody = 409 "approval_nobody", "nobody may approve it",
        zh "审批流程中有一步没有人有权审批此记录，请联系系统管理员。", en "A step of the flow has nobody who may approve the record; ask the system administrator.";
    CaseClosed = 409 "case_closed", "the case is closed",
        zh "案件已结案，如需继续处理，请先重新打开。", en "The case is closed; reopen it first.";
    CaseNotClosed = 409 "case_not_closed", "the case is not closed",
        zh "案件尚未结案，无需重新打开。", en "Only a closed case is reopened.";
    ClosingWaits = 409 "closing_waits", "a closing waits for the second person",
        zh "结案正在等待第二人复核，复核或退回前案件不能更改。", en "What waits for the second person stands still; consent, refuse, or take the proposal back.";
    NothingProposed = 409 "nothing_proposed", "no closing waits",
        zh "目前没有待复核的结案。", en "No closing waits for a word; read the case again.";
    SecondPerson = 409 "second_person", "it takes a second person",
        zh "须由另一人复核：负责人与提议人不能同意。", en "Somebody else has to consent, who is neither the owner nor who proposed it.";
    QuestionWaits = 409 "question_waits", "a question waits for its answer",
        zh "当事人尚未答复；请等待，或先撤回问询。", en "Wait for the subject's answer, or take the question back first.";
    NoQuestion = 409 "no_question", "the question does not wait any more",
        zh "此问询已答复或已撤回。", en "The question was answered or taken back.";
    QuizWaits = 409 "quiz_waits", "the next quiz begins a little later",
        zh "刚刚未通过，请再读一遍课程，几分钟后重考。", en "You did not pass just now; read the course again and try in a few minutes.";
    CourseTooLarge = 413 "course_too_large", "the course is too large",
        zh "课程 ZIP 不能超过 2 MiB。", en "A course has at most 2 MiB, packed.";
    CourseUnreadable = 422 "course_unreadable", "the file is no course",
        zh "文件不是可用的课程，未保存。请按下列文件与行修改后重新上传。", en "Nothing was kept. Mend what is named below by file and line, and send it again.";
    TooManyCourses = 409 "too_many_courses", "there are too many courses",
        zh "自有与外部课程最多 100 门，请更新已有的课程。", en "A company has at most 100 courses; give one that is there another text.";
    TooManyVersions = 409 "too_many_versions", "the course has too many texts",
        zh "此课程的版本已达 50 个，请停用后新建一门。", en "Withdraw it and make another; a course has at most 50 texts.";
    CourseRequired = 409 "course_required", "the rules require this course",
        zh "“培训要求”仍要求此课程，请先在那里去掉，再停用。", en "Take it out of what is required first, then withdraw it.";
    StatementsTooLarge = 413 "statements_too_large", "the statements are too large",
        zh "一次最多 4 MiB，请分几次发送。", en "Send at most 4 MiB at once.";
    StatementsUnreadable = 422 "statements_unreadable", "these are no statements",
        zh "不是有效的 xAPI 记录（JSON），一条也未导入；详情指出所在行。", en "Nothing was taken in: send xAPI statements as JSON. The detail names the line.";
    StatementsEmpty = 422 "statements_empty", "there is no statement in it",
        zh "文件中没有记录，请从学习平台重新导出。", en "Export them from the other system again; there is nothing in this file.";
    StatementsTooMany = 422 "statements_too_many", "there are too many statements",
        zh "一次最多 1000 条，请分几次发送。", en "Send at most 1,000 at once.";
    StatementConflict = 409 "statement_conflict", "a statement that is known says something else now",
        zh "其中一条的编号已存在而内容不同，整批未导入。请核对学习平台的导出。", en "Nothing was taken in: one has an id that is known with other words. Look into the other system's export.";
    ReviewEmpty = 409 "review_empty", "nobody has anything of what is to be reviewed",
        zh "所选范围内没有可复核的权限，请放宽范围。", en "Choose more: nobody has anything of what is to be reviewed.";
    ReviewTooLarge = 409 "review_too_large", "a campaign has at most 5,000 lines",
        zh "一次复核最多 5,000 项，请按部门或角色分开。", en "Divide it by department or role: a campaign has at most 5,000 lines.";
    ReviewOver = 409 "review_over", "the campaign is not open any more",
        zh "此次复核已结束，不再接受答复。", en "The campaign has ended and takes no more answers.";
    AlreadyLeaving = 409 "already_leaving", "it is on record that this person leaves",
        zh "此人已登记离职，请打开已有的离职页面。", en "Open the page that is there: nobody leaves twice at once.";
    LeaverJudged = 409 "leaver_judged", "a verdict was given",
        zh "已作出结论，结论只能作出一次。", en "Read the verdict that stands: it is given once.";
    LeaverOver = 409 "leaver_over", "it is closed or taken back",
        zh "此离职登记已关闭或已撤回；如再次离职，请重新登记。", en "It was closed or taken back; record it anew if the person leaves.";
    LeaverUnjudged = 409 "leaver_unjudged", "no verdict was given yet",
        zh "请先回看访问情况并作出结论，再关闭。", en "Look back and give the verdict first, then close it.";
    LeaverAccountActive = 409 "leaver_account_active", "the account is not disabled",
        zh "此人的账号仍可使用，请系统管理员先停用账号或执行交接。", en "Have the system administrator disable the account, or carry out the handover, first.";
    LeaverNotHandedOver = 409 "leaver_not_handed_over", "records are still theirs, or a handover is under way",
        zh "此人名下仍有记录，或交接尚未完成；请先完成离职交接。", en "Have everything that is theirs handed over first.";
    OwnReview = 403 "own_review", "nobody reviews what they have themselves",
        zh "不能复核本人的权限，请转交他人。", en "Pass it on: nobody reviews what they have themselves.";
    BulkRisky = 409 "bulk_risky", "only lines of low risk are answered together",
        zh "只有低风险项可以批量答复，其余请逐项决定。", en "Answer the others one by one: only lines of low risk are answered together.";
    ReviewPassedOn = 409 "review_passed_on", "it was passed on ten times",
        zh "此项已转交十次，请直接决定。", en "Decide it now: it was passed on ten times.";
    NoQuiz = 409 "no_quiz", "no quiz was begun, or its time is over",
        zh "尚未开始测验，或测验已超时，请重新开始。", en "Begin the quiz again; it is answered within two hours.";
    NotPassed = 409 "not_passed", "the course was not passed, or it has run out",
        zh "此课程尚未通过或已过有效期，通过测验后即可领取证书。", en "Pass the course's quiz first; a certificate lasts as long as what was passed.";
    MeasureNeeded = 409 "measure_needed", "nothing was done yet",
        zh "请先记录已采取的处置措施。", en "Record first what was done to contain it.";
    NoSuchTask = 409 "no_such_task", "there is no such task",
        zh "没有此任务，请重新读取案件。", en "The case has no such task; read it again.";
    CaseFull = 409 "case_full", "the case has no room for more",
        zh "案件的记录已达上限，请结案，或另立新案。", en "A case takes so many entries; close it, or open another.";
    CaseUnchanged = 409 "case_unchanged", "it is so already",
        zh "已是如此，无需更改。", en "Nothing would change; read the case again.";
    MailOff = 409 "mail_off", "no mail server is set",
        zh "尚未设置邮件服务器，请先保存设置。", en "Set and save a mail server first.";
    MailUnreachable = 409 "mail_unreachable", "the mail server does not answer",
        zh "无法连接邮件服务器，请检查地址、端口与防火墙；详见 detail。", en "The mail server cannot be reached; check name, port and firewall. See `detail`.";
    MailTls = 409 "mail_tls", "no encrypted connection to the mail server",
        zh "无法与邮件服务器建立加密连接，请检查加密方式、端口与证书；详见 detail。", en "No encrypted connection came about; check encryption, port and certificate. See `detail`.";
    MailAuth = 409 "mail_auth", "the mail server does not take account or password",
        zh "邮件服务器不接受账号或密码；许多邮箱须使用单独的授权码。详见 detail。", en "The mail server takes neither this account nor password; many want a password made for programs. See `detail`.";
    MailRefused = 409 "mail_refused", "the mail server refused the mail",
        zh "邮件服务器拒收此邮件，请检查发件与收件地址；详见 detail。", en "The mail server refused the mail; check sender and receiver. See `detail`.";
    OwnManager = 409 "own_manager", "it is about your own manager",
        zh "此告警涉及您的直属上级，须由他人处置。", en "It is about your own manager; somebody else has to handle it.";
    AlertClosed = 409 "alert_closed", "the alert is closed",
        zh "告警已关闭，如需处置请先重新打开。", en "The alert is closed already; reopen it first.";
    AlertOpen = 409 "alert_open", "the alert is open",
        zh "告警已处于打开状态。", en "The alert is open already.";
    AlertAgain = 409 "alert_again", "a later alert is open",
        zh "同一人同一模式已有更新的告警，请处置那一条。", en "A later alert about the same person and pattern is open; handle that one.";
    ChannelUnreachable = 409 "channel_unreachable", "the channel does not answer",
        zh "无法连接该渠道，请检查地址与防火墙；详见 detail。", en "The channel cannot be reached; check its address and the firewall. See `detail`.";
    ChannelRefused = 409 "channel_refused", "the channel did not take the message",
        zh "该渠道未接收消息，请检查地址、密钥与机器人的安全设置；详见 detail。", en "The channel did not take the message; check address, secret and the robot's own settings. See `detail`.";
    NotDead = 409 "not_dead", "it is tried still",
        zh "消息仍在发送，或已送达。", en "The message is tried still, or was delivered.";
    NoProcess = 409 "no_process", "no such process",
        zh "此对象没有该流程。", en "Records of this object do not go through that.";
    Closed = 409 "closed", "closed already",
        zh "已转化或已丢弃，不能再次处理。", en "It was converted or discarded already.";
    PossibleDuplicate = 409 "possible_duplicate", "there may be one already",
        zh "可能已存在相同的记录，详见 detail；确认后可仍然继续。", en "There may be such a record already; see `detail`, then choose it or go on.";
    RevealQuota = 409 "reveal_quota", "the reveals of a day are used up",
        zh "24 小时内查看明文的次数已用完，请稍后再来，或请管理员调整额度。", en "Your reveals of 24 hours are used up; come back later, or ask an administrator for a higher limit.";
    Merged = 410 "merged", "merged into another record",
        zh "此记录已合并到另一条记录，detail 是其编号。", en "It was merged into another record; `detail` is that record's id.";
    CustomersDiffer = 409 "customers_differ", "they belong to different customers",
        zh "它们属于不同的客户，请先合并客户。", en "They belong to different customers; merge those first.";
    MergeTooLarge = 409 "merge_too_large", "too much hangs on them",
        zh "关联的记录或共享过多，请先移动或删除一些。", en "Too many records or shares hang on them; move or delete some first.";
    MergeUndoOver = 409 "merge_undo_over", "this merge cannot be taken back any more",
        zh "没有这次合并，或已超过 30 天，不能撤销。", en "There is no such merge, or it was more than 30 days ago.";
    MergeUndone = 409 "merge_undone", "this merge was taken back already",
        zh "这次合并已经撤销。", en "This merge was taken back already.";
    MergedSince = 409 "merged_since", "merged again since",
        zh "此后又有合并，请先撤销较晚的合并。", en "They were merged again since; take the later merge back first.";
    MergeErased = 409 "merge_erased", "one of them was erased",
        zh "其中一条的客户已销毁，不能撤销合并。", en "One of them was erased since, so the merge cannot be taken back.";
    DefinitionChanged = 409 "definition_changed", "the object's fields were changed since",
        zh "此对象的字段定义已更改，不能撤销合并。", en "The fields of this object were changed since, so the merge cannot be taken back.";
    TooManyJobs = 409 "too_many_jobs", "too many jobs",
        zh "后台任务已达上限（同时 2 个，每日 20 个），请稍后再试。", en "Two jobs at once and twenty a day are carried out for a person; wait, or take one back.";
    TooManyRecords = 409 "too_many_records", "too many records",
        zh "一次最多处理 10 万条记录，请缩小范围。", en "One job acts on at most 100,000 records; narrow the question.";
    JobOver = 409 "job_over", "over already",
        zh "任务已经结束。", en "It is over already; there is nothing to take back.";
    ExportQuota = 409 "export_quota", "the rows of a day are used up",
        zh "超过每人每日可导出的行数，请缩小范围，或明天再来；余量见 detail。", en "Fewer rows of the day are left; narrow the question or come back later. See `detail`.";
    ExportNeedsApproval = 409 "export_needs_approval", "an approval is needed",
        zh "此次导出须经审批，请改为申请导出文件。", en "This export needs an approval; ask for a file (`exports`), which waits for it.";
    ExportNotApproved = 409 "export_not_approved", "not waiting to begin",
        zh "此导出未获批准，或已经开始。", en "It was not approved, or has begun already.";
    ExportOver = 409 "export_over", "over already",
        zh "此导出已经结束，不能再取消。", en "It is over already; there is nothing to cancel.";
    ExportExpired = 410 "export_expired", "the file has expired",
        zh "文件已过期销毁，请重新导出。", en "The file was destroyed; ask for a new export.";
    ExportNotReady = 409 "export_not_ready", "there is no file",
        zh "文件尚未完成，或此导出没有文件。", en "The file is not finished, or there is none; look at its state.";
    ExportDownloadsUsed = 409 "export_downloads_used", "taken as often as it may be",
        zh "文件的下载次数已用完，请重新导出。", en "The file was taken as often as it may be; ask for a new export.";
    FileTooLarge = 413 "file_too_large", "the file is too large",
        zh "文件超过大小上限，详见 detail。", en "The file is larger than may be; see `detail`.";
    ReportTooLong = 422 "report_too_long", "the document would be too long",
        zh "内容过多，无法制成文件；案件请领取案卷压缩包，报告请缩小范围。", en "There is too much for one document; of a case take the case file (zip), of a report ask for less.";
    ReportPeriodOpen = 409 "report_period_open", "the period is not over",
        zh "此期间尚未结束。可待其结束，或选择“统计至今”。", en "The period is not over: wait until it is, or ask for what there is so far.";
    ReportNotKept = 409 "report_not_kept", "the events of this period were dropped",
        zh "此期间的审计事件已按留存期限清理，无法编制报告。", en "Events of this period were dropped when their retention ended; there is nothing to count.";
    ReportUnsigned = 503 "report_unsigned", "the log is not signed that far",
        zh "账本尚未签名到此期间末尾，请稍后再试。", en "The log is not signed as far as the period goes; try again in a minute.";
    ReportAboutOneself = 403 "report_about_oneself", "nobody reports about themselves",
        zh "不能编制关于本人的报告，请由其他管理员编制。", en "Nobody has a report about themselves made; ask somebody else who may.";
    PostureNoWaiver = 409 "posture_no_waiver", "there is no such waiver",
        zh "此项没有可操作的豁免，请刷新页面。", en "There is no waiver of this check that this could be done to; read the page again.";
    PostureSecondPerson = 403 "posture_second_person", "somebody else has to agree",
        zh "高风险项的豁免须由另一人复核，申请人不能自己复核。", en "What is grave is waived by two people: somebody else has to agree.";
    FileEmpty = 422 "file_empty", "the file is empty",
        zh "文件没有内容，请选择其他文件。", en "The file has no content; choose another.";
    FileTypeRefused = 422 "file_type_refused", "files of this type are not taken",
        zh "不接受此类型的文件，详见 detail。", en "Files of this type are not taken; see `detail`.";
    TooManyFiles = 409 "too_many_files", "the record carries as many files as it may",
        zh "此记录的附件数量已达上限，请先删除不需要的附件。", en "Delete a file of the record that is no longer needed first.";
    TooManyEvidenceFiles = 409 "too_many_evidence_files", "the room of the assessment is full",
        zh "此评估的资料室已满：最多 50 个文件、100 项证据。请合并文件，或先移除一项证据。",
        en "The room of an assessment holds at most 50 files and 100 pieces of evidence: put several files into one, or take a piece out.";
    FilesFull = 409 "files_full", "there is no room for more files",
        zh "全公司附件总容量已用完，请联系系统管理员。", en "All files together have reached their limit; tell the system administrator.";
    HandoverOpen = 409 "handover_open", "a handover is under way",
        zh "此人的交接正在进行，请等待其完成。", en "A handover of this person is under way; wait until it has ended.";
    AlreadyEnrolled = 409 "already_enrolled", "a second factor is set up already",
        zh "已启用多因素认证。", en "Disable the present second factor first.";
    NotEnrolled = 409 "not_enrolled", "no second factor is set up",
        zh "尚未启用多因素认证。", en "Set up a second factor first.";
    TooManyTokens = 409 "too_many_tokens", "too many tokens",
        zh "令牌数量已达上限，请先撤销不用的令牌。", en "Revoke a token that is no longer used first.";
    TooManyViews = 409 "too_many_views", "too many views",
        zh "视图数量已达上限，请先删除不用的视图。", en "Delete a view that is no longer used first.";
    NoTeam = 409 "no_team", "nobody to share with",
        zh "没有人向您汇报，不能共享视图。", en "Nobody reports to you; a view is shared by those who lead people.";
    CommentOfAnother = 409 "comment_of_another", "somebody else's comment",
        zh "评论只能由作者本人更改。", en "A comment is its author's alone to change.";
    CommentStands = 409 "comment_stands", "it cannot be changed any more",
        zh "评论发出 15 分钟后不能再修改或删除，可以划除；已划除的不能再更改。",
        en "A comment can be changed for 15 minutes; later it can be struck through, once.";
    SessionNeeded = 409 "session_needed", "a session is needed",
        zh "请登录后操作，令牌不能执行。", en "Sign in; a token cannot do this.";

    // The server.
    AuditUnavailable = 503 "audit_unavailable", "the access log is unavailable",
        zh "审计日志暂不可用，因此不提供任何数据；请联系管理员。", en "The access log cannot take the record, so no data leaves; tell the administrator.";
    StoreUnavailable = 503 "store_unavailable", "the database is unavailable",
        zh "数据库暂不可用，请稍后重试。", en "The database does not answer; try again later.";
    Overloaded = 503 "overloaded", "too busy",
        zh "系统繁忙，请稍后重试。", en "Too many requests are under way; try again in a moment.";
    TimedOut = 503 "timed_out", "timed out",
        zh "处理超时，请稍后重试；更改类操作请先确认是否已生效。", en "It took too long; before you repeat a change, look whether it was made.";
    NotServed = 404 "not_served", "not served here",
        zh "此节点未提供该功能。", en "This node does not serve it.";
    Damaged = 500 "damaged", "stored data cannot be opened",
        zh "存储的数据无法打开，请联系管理员运行 whosaw doctor。", en "Stored data does not open; the administrator should run `whosaw doctor`.";
    Internal = 500 "internal", "internal error",
        zh "内部错误，请把 trace_id 告诉管理员。", en "Something went wrong here; tell the administrator the trace_id.";
}

impl Code {
    /// The code of this name, if there is one: for codes that other rooms give as text.
    pub fn by_name(name: &str) -> Option<Code> {
        Code::ALL.iter().copied().find(|c| c.as_str() == name)
    }
    /// Its stable URN.
    pub fn urn(self) -> String {
        format!("urn:whosaw:problem:{}", self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_code_is_one_word_with_an_error_status_and_both_texts() {
        let names: BTreeSet<_> = Code::ALL.iter().map(|c| c.as_str()).collect();
        assert_eq!(names.len(), Code::ALL.len());
        for c in Code::ALL {
            assert!(c.as_str().bytes().all(|b| b.is_ascii_lowercase() || b == b'_'), "{c:?}");
            assert!((400..600).contains(&c.status()), "{c:?}");
            assert!(c.help_zh().chars().any(|c| c > '\u{2e80}') && c.help_zh().ends_with('。'), "{c:?}");
            assert!(c.help_en().is_ascii() && c.help_en().ends_with('.'), "{c:?}");
            assert!(!c.title().ends_with('.'), "{c:?}");
        }
    }
}
