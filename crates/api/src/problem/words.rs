//! What is wrong with one field or parameter, in Chinese and in English.
//!
//! Rule: every code that stands in an answer's `errors` is here once, with what it means in both languages; what the server says of
//! a single case (`reason`) is in English, and its Chinese stands below. What is not below is told by its code alone. A test reads
//! the sources: no field error is made with a code that is not here.

/// Code, Chinese, English.
pub(super) const CODES: &[(&str, &str, &str)] = &[
    ("required", "请填写", "this needs a value"),
    ("required_if", "在当前条件下必填", "it needs a value here"),
    ("required_in_stage", "此阶段必填", "this stage needs a value here"),
    (
        "cannot_mention",
        "不能提及此人：只能提及能查看此记录的人",
        "this person cannot be mentioned: only those who may read the record can",
    ),
    ("too_far", "起点超出范围，请从较新的位置开始", "this is too far back or ahead; begin nearer to the newest"),
    ("pool_holding_limit", "负责人的库容已满", "its owner holds as many as they may"),
    ("approval_waits", "正在等待审批，不能修改", "it waits for an approval and stands still"),
    ("rule", "不符合校验规则", "it does not follow a rule of the company"),
    ("invalid_value", "值不符合要求", "this value is not of the right form"),
    ("unknown_field", "没有此字段", "there is no such field"),
    ("not_editable", "此字段不能修改", "this field cannot be changed"),
    ("low_contrast", "颜色对比度不足，文字难以辨认", "text in this colour could not be read"),
    ("duplicate", "值与其他记录重复", "another record has this value"),
    ("malformed", "格式不正确", "this is not of the documented form"),
    ("missing_field", "缺少此项", "this is missing"),
    ("too_many", "数量过多", "there are too many"),
    ("too_long", "内容过长", "this is too long"),
    (
        "too_many_groups",
        "分组过多，请用更粗的分组或先筛选",
        "there are too many groups: group by something coarser, or filter",
    ),
    ("not_grouped", "不能按此字段分组", "records are not grouped by this"),
    ("not_summed", "只能汇总未加密的数字与金额", "clear numbers and amounts are worked with"),
    ("not_filterable", "不能按此条件筛选", "this cannot be filtered by"),
    ("not_sortable", "不能按此字段排序", "this cannot be sorted by"),
    ("bad_cursor", "翻页位置已失效，请从头开始", "this cursor is not one of this list; begin again without it"),
    ("search_too_broad", "匹配的记录过多，请输入更完整的名称", "too many records match; search for more of the name"),
    ("by_act_only", "此状态只能由相应的操作给出", "this status is given by an act"),
    ("bad_board", "仪表盘的卡片不符合要求", "the cards of the board are not of the right form"),
    ("not_an_option", "不在可选项之中", "this is not one of the options"),
    ("no_such_user", "没有此在职用户", "there is no such active user"),
    ("no_such_customer", "尚未导入此客户", "no customer of that name has been imported"),
    ("not_permitted", "没有权限写入此记录", "this record may not be written"),
    ("not_a_customer", "只有客户可以销毁", "only a customer can be erased"),
    ("bad_definition", "定义不符合要求", "the definition cannot be used"),
    ("unknown_object", "没有此对象", "there is no such object type"),
    ("no_customer", "该对象的记录不属于任何客户", "its records are about no customer"),
    ("unknown_department", "没有此部门", "there is no such department"),
    ("unknown_role", "没有此角色", "there is no such role"),
    ("last_before_notice", "最后工作日不能早于提出离职之日", "the last day is not before the day of the notice"),
    ("no_such_case", "没有关于此人的这个案件", "there is no such case about this person"),
    ("cannot_own_finding", "此人不管理漏洞", "this person does not manage vulnerabilities"),
    ("course_file", "课程文件有误", "this is not as a course is"),
    ("unknown_course", "没有此课程", "there is no such course"),
    (
        "no_folder",
        "服务器没有设置报告目录，见配置文档",
        "the server has no folder for reports; see the documentation on its configuration",
    ),
    ("cannot_answer", "此人不能答复评估问题", "this person may not answer questions of assessments"),
    ("unknown_evidence", "没有此项证据", "there is no such evidence"),
    ("unknown_activity", "没有此项活动", "there is no such activity"),
    ("unknown_user", "没有此用户", "there is no such user"),
    ("invalid_manager", "上级不符合要求", "this person cannot be the manager"),
    ("invalid_receiver", "接收人不符合要求", "this cannot be the receiver"),
    ("valid_until", "到期时间不符合要求", "the end is not within its limits"),
    (
        "shipped_rule",
        "出厂规则不能改写，只能开关、调整级别与筛选",
        "a rule that ships is switched and narrowed, not written",
    ),
    ("unchanged", "与现行策略相同", "this is the policy in force"),
    ("not_kept", "那时还没有留存人员与角色", "who was whom was not kept yet at that time"),
    ("before_record", "那时还没有这条记录", "the record was not made yet"),
    ("policy_gone", "那时的策略与现在的对象定义不符", "the policy of then does not fit the object types of now"),
    ("wrong_password", "当前密码不正确", "this is not the present password"),
    ("same_password", "新密码与当前密码相同", "the new password is the present one"),
    ("password_short", "密码过短", "the password is too short"),
    ("password_long", "密码过长", "the password is too long"),
    ("password_contains_login", "密码包含账号", "the password contains the login"),
    ("password_common", "密码过于常见", "the password is among those tried first"),
    ("wrong_code", "动态口令错误或已使用", "the code is wrong or was used before"),
    ("cannot_be_subject", "不能对此人立案", "a case by you cannot be about this person"),
    ("cannot_handle_case", "此人不能处理本案", "this person cannot handle this case"),
    ("no_such_alert", "没有此告警", "there is no such alert"),
    ("alert_in_case", "告警已在另一案件中", "this alert is in a case"),
    ("no_such_event", "没有此事件，或不是当事人的事件", "there is no such event of the subject's"),
    ("damaged", "存储的记录无法打开", "the stored record cannot be opened"),
];

/// What the server says, and the same in Chinese. `{}` stands for what is the same in both; `{:}` for what is said again in words of
/// this list.
const REASONS: &[(&str, &str)] = &[
    // Values.
    ("expected text", "应为文本"),
    ("expected a number", "应为数字"),
    ("expected true or false", "应为“是”或“否”"),
    ("expected a date as YYYY-MM-DD", "应为日期，如 2026-11-26"),
    ("expected a time as RFC 3339", "应为时间，如 2026-11-26T10:00:00+08:00"),
    ("expected one of the field's options", "应为选项之一"),
    ("expected a list of options", "应为选项的列表"),
    ("expected a phone number", "应为电话号码"),
    ("expected an e-mail address", "应为邮箱地址"),
    ("expected an identity number", "应为证件号码"),
    ("expected an address beginning with https:// or http://", "应为以 https:// 或 http:// 开头的网址"),
    ("expected the id of a record", "应为记录的 ID"),
    ("expected the ids of records", "应为记录的 ID"),
    ("expected ids of records", "应为记录的 ID"),
    ("expected ids of exports", "应为导出的 ID"),
    ("expected a state of exports", "应为导出的状态"),
    ("expected the id of a user", "应为成员的 ID"),
    ("expected the id of a department", "应为部门的 ID"),
    ("expected no value: it is looked up", "此字段由系统查得，不能填写"),
    ("expected an id", "应为 ID"),
    ("longer than {} characters", "超过 {} 个字符"),
    ("more than {} decimal places", "小数位数超过 {} 位"),
    ("number out of range", "数字超出范围"),
    ("not one of the field's options", "不是此字段的选项"),
    ("contains a control character", "含有控制字符"),
    ("this field needs a value", "请填写此字段"),
    ("it needs a value here", "在当前条件下必填"),
    ("this stage needs a value here", "此阶段必填"),
    ("there is no such field", "没有此字段"),
    ("this field cannot be changed", "此字段不能修改"),
    ("a record stays with its customer", "记录不能换到其他客户"),
    ("name at least one field", "请至少指定一个字段"),
    ("each row has a value for each column", "每一行的值须与列一一对应"),
    ("1 to {} rows", "1 至 {} 行"),
    ("name exactly one of `fields`, `transfer`, `share`, `delete`", "fields、transfer、share、delete 中须指定恰好一项"),
    ("the value is in use", "此值已被使用"),
    ("another record has this value", "另一条记录已有此值"),
    ("another record has this key", "另一条记录已有此外部编号"),
    ("the same value as row {}", "与第 {} 行的值相同"),
    ("the same key as row {}", "与第 {} 行的外部编号相同"),
    ("there is no such record", "没有此记录"),
    ("there is no such active user", "没有此在职用户"),
    ("no customer of that name has been imported", "尚未导入此客户"),
    ("a pool record has no owner", "公海中的记录没有负责人"),
    ("a pool record has no owner, and only some objects have a pool", "公海中的记录没有负责人，且只有部分对象有公海"),
    ("this record may not be written", "没有权限写入此记录"),
    ("the stored record cannot be opened", "存储的记录无法打开"),
    ("this status is given by converting or discarding", "此状态由“转化”或“丢弃”给出"),
    ("a reason is needed", "请填写原因"),
    // Lists.
    ("a page has 1 to {} rows", "每页 1 至 {} 行"),
    ("a page has 1 to {} exports", "每页 1 至 {} 项"),
    ("a list has at most {} keys", "最多按 {} 个字段排序"),
    ("a list has at most three keys", "最多按 3 个字段排序"),
    ("a field is sorted by once", "同一字段只能排序一次"),
    ("a personal field cannot be sorted by: it is stored sealed", "个人信息字段加密存储，不能排序"),
    ("a search has its own order and one page", "搜索有自己的顺序，且只有一页"),
    ("a search has 2 to 100 characters", "搜索词为 2 至 100 个字符"),
    ("too many records match; search for more of the name", "匹配的记录过多，请输入更完整的名称"),
    ("this cursor is not one of this list; begin again without it", "翻页位置不属于此列表，请从头开始"),
    ("this cursor comes from no page", "翻页位置无效，请从头开始"),
    ("expected a condition as JSON", "应为 JSON 形式的条件"),
    ("nested deeper than {}", "条件嵌套超过 {} 层"),
    ("more than {} tests", "条件超过 {} 项"),
    ("there is no field `{}`", "没有字段 {}"),
    ("field `{}` is stored encrypted and cannot be tested", "字段 {} 加密存储，不能作为条件"),
    ("field `{}` is kept whole and cannot be tested", "字段 {} 不能作为条件"),
    ("field `{}` cannot be tested with `{}`", "字段 {} 不能用 {} 比较"),
    ("field `{}` is compared with no value", "字段 {} 缺少比较的值"),
    ("field `{}`: `in` takes a list of 1 to {} values", "字段 {}：in 需要 1 至 {} 个值的列表"),
    ("give 1 to {} ids", "请给出 1 至 {} 个 ID"),
    ("at most {} ids", "最多 {} 个 ID"),
    ("at most {} fields", "最多 {} 个字段"),
    ("at most {} values in one list", "一个列表最多 {} 个值"),
    ("at most {} fields to group by and {} values", "最多按 {} 个字段分组，计算 {} 个值"),
    ("more than {} groups: group by something coarser, or filter", "超过 {} 个分组：请用更粗的分组，或先筛选"),
    ("only dates and times have steps", "只有日期与时间可以按周期分组"),
    ("records are grouped by clear fields", "只能按未加密的字段分组"),
    ("records are not grouped by numbers", "不能按数字分组"),
    ("clear numbers and amounts are worked with", "只能汇总未加密的数字与金额"),
    ("this cannot be filtered by", "不能按此条件筛选"),
    ("from a day to a later one, at most {} days", "从一天到之后的一天，最多 {} 天"),
    ("a date as YYYY-MM-DD", "应为日期，如 2026-11-26"),
    ("an unknown value", "未知的值"),
    ("a value has the wrong type", "值的类型不正确"),
    ("1 to {} characters", "1 至 {} 个字符"),
    (
        "2 to 64 of a-z, 0-9 and .-_@, beginning with a letter or digit",
        "2 至 64 个小写字母、数字或 .-_@，以字母或数字开头",
    ),
    ("{} to {} characters", "{} 至 {} 个字符"),
    ("1 to {} characters on one line", "为一行，1 至 {} 个字符"),
    ("an IRI, as `https://lms.example.com/courses/7`", "应为 IRI，如 https://lms.example.com/courses/7"),
    ("an address that begins with https://", "应为以 https:// 开头的地址"),
    ("a domain in lower case, as `example.com`", "应为小写域名，如 example.com"),
    ("the page of accounts, or the domain of addresses", "账号所属页面与邮箱域名至少填一项"),
    ("another course has this activity", "已有课程使用此活动标识"),
    ("at most {} characters", "最多 {} 个字符"),
    ("at least {} characters are needed", "至少 {} 个字符"),
    ("it contains the login", "密码包含账号"),
    ("it is among those tried first", "密码过于常见"),
    ("words are needed", "请填写说明"),
    ("1 to {} days", "1 至 {} 天"),
    ("1 to {} hours", "1 至 {} 小时"),
    ("{} to {} days, as the law wants", "{} 至 {} 天（法律要求）"),
    ("at most {} days", "最多 {} 天"),
    ("1 to 10,000,000 rows", "1 至 10,000,000 行"),
    ("at most 10,000,000 rows", "最多 10,000,000 行"),
    ("1 to 100 downloads", "1 至 100 次下载"),
    ("a reason has 1 to {} characters on one line", "原因为一行，1 至 {} 个字符"),
    ("a reason of 1 to {} characters", "请填写原因，1 至 {} 个字符"),
    ("expected 1 to {}", "应为 1 至 {}"),
    ("5 to 1440 idle minutes, 1 to 168 hours in all", "空闲 5 至 1440 分钟，总计 1 至 168 小时"),
    // A new company.
    ("each of the three is an account of its own", "三位管理员须各用一个账号"),
    ("at most {} departments", "最多 {} 个部门"),
    ("a department stands after its parent", "部门须排在其上级之后"),
    ("a department beside it has this name", "同级部门中已有此名称"),
    ("three administrators, one of each duty", "须有三位管理员，各任一职"),
    ("this part of the setup is missing", "缺少此部分设置"),
    // Channels of alerts.
    (
        "this is not an address of this vendor's robots; a relay's host must be listed",
        "这不是该平台机器人的地址；如使用中转，请先将其主机列入允许名单",
    ),
    ("a new channel needs its address", "新渠道须填写地址"),
    ("another channel has the name", "已有同名的渠道"),
    ("the secret of this kind is made here", "此类渠道的密钥由系统生成"),
    ("this kind has no secret", "此类渠道没有密钥"),
    ("one or several of the channels", "应为一个或多个现有渠道"),
    ("an hour of the day, 0 to 23", "应为 0 至 23 的整点"),
    ("up to 20 channels", "最多 20 个渠道"),
    ("up to 50 routes", "最多 50 条路由"),
    ("1 to {} messages a minute", "每分钟 1 至 {} 条"),
    ("an https address without account, fragment or spaces", "应为 https 地址，不含账号、片段与空格"),
    ("http is for hosts that are listed", "仅允许名单中的主机可使用 http"),
    ("this address lies inside; list its host first", "此地址在内网，请先将其主机列入允许名单"),
    // Mail and branding.
    ("a name or address in lower case, without scheme and port", "应为小写的主机名或地址，不含协议与端口"),
    ("1 to 65535", "1 至 65535"),
    ("no mail is sent there; without encryption only to this machine", "不能向此地址发送邮件；不加密时只能是本机"),
    ("without encryption only to this machine", "不加密时只能是本机"),
    ("1 to 254 characters, or none", "1 至 254 个字符，或留空"),
    ("one address, as crm@example.com", "应为一个邮箱地址，如 crm@example.com"),
    ("up to 50 domains in lower case", "最多 50 个小写的域名"),
    ("enter it for this server and account", "服务器或账号已更改，请重新输入密码"),
    ("1 to 500 characters", "1 至 500 个字符"),
    ("one address, of a domain that mail is sent to", "应为一个邮箱地址，且属于允许的域名"),
    ("a kind comes at once or once a day", "每类通知只能选“立即”或“每日”之一"),
    ("a colour is `#` and six hexadecimal digits", "颜色为 # 加六位十六进制数"),
    ("contrast {}:1 against {}, but 4.5:1 is needed", "与 {1} 的对比度为 {0}:1，至少须为 4.5:1"),
    ("at most 256 kB", "最大 256 kB"),
    ("a PNG, JPEG or WebP picture", "应为 PNG、JPEG 或 WebP 图片"),
    ("16 to 2048 pixels wide and high", "宽与高应为 16 至 2048 像素"),
    ("expected base64", "应为 base64"),
    // Cases.
    ("a case by you cannot be about this person", "不能对自己、自己的直属上级或不存在的账号立案"),
    ("this person cannot handle this case", "此人没有案件处置职责，或与本案有利害关系"),
    ("no event of the subject's has this id", "当事人没有此编号的事件"),
    ("the case cites no such event", "本案没有引用此事件"),
    ("there is no such alert", "没有此告警"),
    ("this alert is in a case", "此告警已在案件中"),
    ("name whom it is about, or alerts", "请填写当事人或告警"),
    ("a case is about one person", "一个案件只能关于一个人"),
    ("name at least one event", "请至少填写一条事件"),
    ("not a place in this list", "翻页位置不属于此列表"),
    // Sharing, requests, handing over.
    ("there is nobody of that id to share with", "没有此共享对象"),
    ("only a user can take part in a record", "协作人只能是成员"),
    ("a share needs an end", "请填写共享的到期时间"),
    ("the end lies in the past or more than 366 days away", "到期时间须在今后 366 天之内"),
    ("the end lies in the past", "到期时间已过"),
    ("an end is needed", "请填写到期时间"),
    ("an end within {} days is needed", "请填写 {} 天之内的到期时间"),
    ("a permission for one person ends, at most {} days from now", "给个人的权限须在 {} 天之内到期"),
    ("name somebody", "请指定人员"),
    ("name an active colleague", "请指定一位在职同事"),
    ("name exactly one of `user`, `department`, `role`", "请在 user、department、role 中指定一个"),
    ("name one of `users`, `manager` and `pool`", "请在 users、manager、pool 中指定一个"),
    (
        "name either `user` or `pool`; a pool's name and a reason go with `pool`",
        "请指定 user 或 pool；公海名称与原因随 pool 一起",
    ),
    ("name a customer or a user, not both", "请指定客户或用户之一"),
    ("this object has no pool", "此对象没有公海"),
    ("this object has no such pool", "此对象没有该公海"),
    ("there is no such pool of this object", "此对象没有该公海"),
    ("without pools there are no reasons", "没有公海，也就没有退回原因"),
    ("this is none of the pool's reasons", "不是此公海的退回原因"),
    ("there is no such object", "没有此对象"),
    ("this object has a rule already", "此对象已有规则"),
    ("the leaver has no manager", "离职人没有上级"),
    ("the leaver cannot receive", "离职人不能接收"),
    ("the leaver is nobody's manager any more", "离职人不能再作为上级"),
    ("not everything can wait in a pool; name people", "并非所有记录都能进入公海，请指定人员"),
    ("name 1 to 50 people", "请指定 1 至 50 人"),
    ("a receiver must be an active person", "接收人须为在职人员"),
    ("a receiver is named once", "接收人重复"),
    ("no receiver is active any more", "接收人均已停用"),
    ("the holder of an administrative duty cannot receive records", "担任管理职责的人不能接收记录"),
    ("a period needs its beginning and its end", "请填写起止时间"),
    ("more than {} events: ask for a shorter time", "超过 {} 条事件，请缩短时间"),
    // Conversion.
    ("a conversion makes no such record", "转化不产生此类记录"),
    ("a conversion makes one record of a type", "转化时每类记录只产生一条"),
    ("either the first record is made or there is one", "客户须为新建或已有之一"),
    ("the record that owns the others comes first", "所属的记录须排在最前"),
    ("a record that is always made is missing", "缺少必须产生的记录"),
    // People, roles, policies.
    ("there is no such department", "没有此部门"),
    ("there is no such role", "没有此角色"),
    ("there is no role `{}`", "没有角色 {}"),
    ("there is no such user", "没有此用户"),
    ("there is no such version", "没有此版本"),
    ("there is no such user, department or role", "没有此用户、部门或角色"),
    ("there is no such person or role", "没有此人员或角色"),
    ("the manager must be an active person", "上级须为在职人员"),
    ("the manager reports to this person", "此人是该上级的上级"),
    ("this login is taken", "账号已被使用"),
    ("a role cannot exclude itself", "角色不能与自身互斥"),
    ("this is the policy in force", "与现行策略相同"),
    ("this is not the present password", "当前密码不正确"),
    ("the new password is the present one", "新密码与当前密码相同"),
    ("the code is wrong or was used before", "动态口令错误或已使用"),
    ("a token without operations is of no use", "请至少选择一项操作"),
    ("`{}` needs a session", "{} 只能在登录后使用，令牌不能执行"),
    ("only a customer can be erased", "只有客户可以销毁"),
    // Flows and pools.
    ("a company has at most {} flows", "最多 {} 个流程"),
    ("another flow has the name", "另一流程已用此标识"),
    ("a company has at most {} pools", "最多 {} 个公海"),
    ("another pool of this object has the name", "此对象的另一公海已用此标识"),
    ("there is no such object, or its records do not wait in pools", "没有此对象，或其记录不能进入公海"),
    ("work on a record is told by records of its own", "跟进须为另一对象的记录"),
    ("a name is 1 to 40 of `a-z`, `0-9` and `_`", "标识为 1 至 40 个小写字母、数字或下划线"),
    ("a label in Chinese and in English is needed", "请填写中英文名称"),
    ("at most 200 members and 30 reasons", "最多 200 个成员、30 个原因"),
    ("a recycling waits 1 to 3650 days, and reminds before it ends", "回收期为 1 至 3650 天，且提醒须在到期之前"),
    ("1 to 10 steps with 1 to 50 approvers each", "1 至 10 步，每步 1 至 50 位审批人"),
    ("a deadline is 1 to 2160 hours", "期限为 1 至 2160 小时"),
    ("a manager's level is 1 to 9", "上级的层级为 1 至 9"),
    ("only a request about one record has an owner to ask", "只有针对单条记录的申请才有负责人"),
    ("only exports have a number of rows", "只有导出才有行数"),
    ("emergency accesses are reviewed by the security administrators", "紧急访问由安全管理员复核"),
    // Views, mappings, boards.
    ("a view has at most 60 columns, three of which stay", "视图最多 60 列，其中最多固定 3 列"),
    ("a column is 40 to 1000 pixels wide", "列宽为 40 至 1000 像素"),
    ("only a shared view opens first for others", "只有共享的视图才能为他人默认打开"),
    ("nobody who reports to you holds this role", "您的下属中无人担任此角色"),
    ("another of your views has this name", "您已有同名视图"),
    ("this is too much to keep; delete some first", "保存的内容过多，请先删除一些"),
    ("at most 200 columns, each named with at most 200 characters", "最多 200 列，列名最多 200 个字符"),
    ("the file has no such column", "文件中没有此列"),
    ("expected the cards of a board as JSON", "应为 JSON 形式的仪表盘卡片"),
    ("a board has at most {} cards", "仪表盘最多 {} 张卡片"),
    ("a card has a title of 1 to 80 characters", "卡片标题为 1 至 80 个字符"),
    ("a card is grouped by at most {} fields", "卡片最多按 {} 个字段分组"),
    ("a card's filter has at most 8 levels and 100 tests", "卡片的筛选最多 8 层、100 项"),
    // Definitions.
    ("field `{}`: {:}", "字段 {}：{:}"),
    ("field `{}` is defined twice", "字段 {} 重复定义"),
    ("`{}` is the name of a built-in column", "{} 是系统自带的列名"),
    ("more than {} clear text fields", "明文文本字段超过 {} 个"),
    ("more than {} clear number fields", "明文数字字段超过 {} 个"),
    ("an object type has at most 120 fields", "一个对象最多 120 个字段"),
    ("more than {} sorted fields", "排序索引超过 {} 个"),
    ("at most 8 object types are made after a record", "一条记录之后最多产生 8 类记录"),
    ("layout: {:}", "布局：{:}"),
    ("rules: {:}", "规则：{:}"),
    ("field `{}` refers to `{}`, which there is not", "字段 {} 引用的对象 {} 不存在"),
    ("the customer field is a reference to a customer", "归属客户的字段须引用客户"),
    ("only a choice has options", "只有单选与多选有选项"),
    ("every field of the object type, once", "须包含此对象的每个字段，且各一次"),
    ("there is such an object type", "已有此标识的对象"),
    ("a text holds 1 to 2000 characters", "文本为 1 至 2000 个字符"),
    ("a number has at most 6 decimal places", "数字最多 6 位小数"),
    ("an amount has at most 4 decimal places", "金额最多 4 位小数"),
    ("a choice has 1 to 500 options", "选项为 1 至 500 个"),
    ("an option has 1 to 60 characters and no semicolon", "选项的值为 1 至 60 个字符，不含分号"),
    ("two options have the same value", "两个选项的值相同"),
    (
        "blind search is for personal and sensitive fields; clear fields are filtered as they are",
        "盲索引搜索只用于个人信息与敏感字段；明文字段直接筛选",
    ),
    ("only a clear field with one short value can be sorted", "只有明文的短值字段可以建立排序索引"),
    (
        "what the server keeps is a clear field with one value, neither required nor unique",
        "由系统维护的字段须为明文单值，不必填也不唯一",
    ),
    ("a unique sealed field needs exact search", "唯一的加密字段须可按完整值搜索"),
    (
        "the formula cannot be read: numbers, field names, + - * / ( ) and min, max",
        "公式无法识别：可用数字、字段标识、+ - * /、括号、min、max",
    ),
    (
        "what is worked out is a clear number, amount or date, neither required nor unique",
        "公式字段须为明文的数字、金额或日期，不必填也不唯一",
    ),
    ("the formula names a field that is not there", "公式引用的字段不存在"),
    (
        "a formula is worked out from clear numbers, amounts and dates that are entered",
        "公式只能由填写的明文数字、金额、日期计算",
    ),
    (
        "what is worked out is at least as sensitive as what it is worked out from",
        "公式字段的敏感级别不能低于参与计算的字段",
    ),
    (
        "a number's pattern is text with {yyyy}, {yy}, {mm} or {dd} and one counter of at most nine digits, as HT-{yyyy}-{0000}",
        "编号规则由文字、{yyyy}、{yy}、{mm}、{dd} 与一个不超过九位的计数组成，如 HT-{yyyy}-{0000}；用月须有年，用日须有月",
    ),
    ("what is numbered is a text", "自动编号的字段须为文本"),
    (
        "what is numbered is an open or internal text, unique and not required: the house gives it",
        "自动编号的字段须为公开或内部文本，唯一且不设必填：编号由系统给出",
    ),
    ("the text is too short for its numbers", "文本长度不足以容纳编号"),
    (
        "what is looked up is an open or internal field, neither required, unique, sorted nor the title",
        "引用与汇总字段须为公开或内部级别，不设必填、唯一、排序，也不作标题",
    ),
    ("a field is looked up through a reference of the same object type", "引用字段须经由本对象的引用"),
    ("what is looked up is a field that is stored, one step away", "只能引用一步之内、实际存储的字段"),
    ("there is no field `{}` in `{}`", "对象 {1} 中没有字段 {0}"),
    ("there is no object type `{}`", "没有对象 {}"),
    ("records of `{}` do not name one of these by that field", "对象 {} 的记录没有以该字段引用本对象"),
    ("clear numbers and amounts are rolled up", "只能汇总未加密的数字与金额"),
    ("a card shows at most 6 fields", "卡片最多显示 6 个字段"),
    ("a card shows its title, and each other field once", "卡片总是显示标题，其他字段各显示一次"),
    ("an object type has at most 40 rules of a kind", "每类规则最多 40 条"),
    ("it is required under two conditions; join them into one", "同一字段有两个必填条件，请合并"),
    (
        "what is always required, or nobody enters, is not required under a condition",
        "总是必填或无人填写的字段，不能设条件必填",
    ),
    ("it is required by what other fields of the record hold", "必填条件须取决于其他字段"),
    (
        "a rule has a message of 1 to 200 characters, in Chinese and in English",
        "规则须有中英文提示，各 1 至 200 个字符",
    ),
    ("a rule asks something", "规则不能为空"),
    (
        "two clear numbers of the same decimal places, dates or times are compared",
        "只能比较两个明文的日期、时间，或小数位数相同的数字",
    ),
    ("two fields are compared by eq, ne, lt, le, gt or ge", "两个字段用 eq、ne、lt、le、gt、ge 比较"),
    ("a layout has 1 to 8 tabs", "布局有 1 至 8 个页签"),
    ("a tab has at least one section, a layout at most 24", "每个页签至少一个分组，布局最多 24 个分组"),
    (
        "tabs and sections have a label of 1 to 60 characters, in Chinese and in English",
        "页签与分组须有中英文名称，各 1 至 60 个字符",
    ),
    ("a section has 1 to 3 columns", "分组有 1 至 3 列"),
    ("a field stands in one section, once", "一个字段只能放入一个分组，一次"),
    ("it has two conditions", "有两个显示条件"),
    ("what must be filled in is always shown", "必填字段总是显示"),
    ("what a record is known by is always shown", "标题与归属客户总是显示"),
    ("it is shown by what other fields of the object type hold", "显示条件须取决于其他字段"),
];

/// What the reason says, in Chinese: in its own words, else by its code.
pub(super) fn chinese(code: &str, reason: &str) -> String {
    said(reason).unwrap_or_else(|| {
        let known = CODES.iter().find(|(name, _, _)| *name == code);
        known.map_or_else(|| reason.to_owned(), |(_, zh, _)| (*zh).to_owned())
    })
}

/// What a code says without a reason.
pub(super) fn both(code: &str) -> super::ItemHelp {
    let known = CODES.iter().find(|(name, _, _)| *name == code);
    let (zh, en) = known.map_or((code, code), |(_, zh, en)| (*zh, *en));
    super::ItemHelp { zh: zh.to_owned(), en: en.to_owned() }
}

fn said(reason: &str) -> Option<String> {
    // Those without parts first: their words are their own.
    let exact = REASONS.iter().find(|(en, _)| *en == reason);
    exact.map(|(_, zh)| (*zh).to_owned()).or_else(|| {
        REASONS.iter().find_map(|(en, zh)| {
            let parts = parts(en, reason)?;
            filled(zh, &parts)
        })
    })
}

/// What stands at the marks of a pattern, if the text is of it.
fn parts<'a>(pattern: &str, text: &'a str) -> Option<Vec<&'a str>> {
    let mut fixed = pattern.split("{}").flat_map(|p| p.split("{:}"));
    let mut rest = text.strip_prefix(fixed.next()?)?;
    let mut found = vec![];
    let mut fixed = fixed.peekable();
    while let Some(next) = fixed.next() {
        let at = if fixed.peek().is_none() && next.is_empty() {
            rest.len()
        } else if fixed.peek().is_none() {
            rest.len().checked_sub(next.len()).filter(|at| rest.get(*at..) == Some(next))?
        } else {
            rest.find(next)?
        };
        found.push(rest.get(..at)?);
        rest = rest.get(at + next.len()..)?;
    }
    // A mark stands for a number or a name; only one that is said again stands for more.
    let short = |part: &&str| !part.is_empty() && !part.contains(' ');
    let again = pattern.contains("{:}");
    let count = found.len();
    (count > 0 && rest.is_empty() && found.iter().enumerate().all(|(n, p)| short(p) || (again && n + 1 == count)))
        .then_some(found)
}

fn filled(pattern: &str, parts: &[&str]) -> Option<String> {
    let mut out = String::new();
    let mut rest = pattern;
    let mut next = parts.iter();
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let (mark, after) = after.split_once('}')?;
        match mark {
            "" => out.push_str(next.next()?),
            ":" => {
                let part = next.next()?;
                out.push_str(&said(part).unwrap_or_else(|| (*part).to_owned()));
            }
            other => out.push_str(parts.get(other.parse::<usize>().ok()?)?),
        }
        rest = after;
    }
    out.push_str(rest);
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use std::path::Path;

    #[test]
    fn every_code_stands_once_with_both_texts() {
        let names: BTreeSet<_> = CODES.iter().map(|(code, _, _)| code).collect();
        assert_eq!(names.len(), CODES.len());
        for (code, zh, en) in CODES {
            assert!(zh.chars().any(|c| c > '\u{2e80}') && en.is_ascii(), "{code}");
        }
        let reasons: BTreeSet<_> = REASONS.iter().map(|(en, _)| en).collect();
        assert_eq!(reasons.len(), REASONS.len());
    }

    #[test]
    fn what_a_case_says_is_said_in_chinese_with_its_numbers_and_names() {
        let zh = |reason| chinese("invalid_value", reason);
        assert_eq!(zh("longer than 120 characters"), "超过 120 个字符");
        assert_eq!(zh("2 to 500 characters"), "2 至 500 个字符");
        assert_eq!(zh("field `amount`: more than 2 decimal places"), "字段 amount：小数位数超过 2 位");
        assert_eq!(
            zh("field `a`: field `b` is stored encrypted and cannot be tested"),
            "字段 a：字段 b 加密存储，不能作为条件"
        );
        assert_eq!(zh("there is no field `x` in `contract`"), "对象 contract 中没有字段 x");
        // Words of another room: their code alone.
        assert_eq!(zh("something new"), "值不符合要求");
        assert_eq!(chinese("not_there", "something new"), "something new");
    }

    /// The texts within the brackets of a call, up to its end.
    fn calls<'a>(source: &'a str, name: &str) -> Vec<&'a str> {
        let up_to_end = |rest: &'a str| {
            let mut depth = 1;
            let end = rest.char_indices().find(|(_, c)| {
                depth += i32::from(*c == '(') - i32::from(*c == ')');
                depth == 0
            });
            end.map_or(rest, |(at, _)| rest.split_at(at).0)
        };
        source.match_indices(name).map(|(at, _)| up_to_end(source.split_at(at + name.len()).1)).collect()
    }

    #[test]
    fn no_field_error_is_made_with_a_code_that_is_not_here() {
        let known: BTreeSet<&str> = CODES.iter().map(|(code, _, _)| *code).collect();
        let mut unknown = vec![];
        let mut seen = 0;
        let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let mut folders = vec![crates.join("access/src/path"), crates.join("store/src"), crates.join("api/src")];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let source = std::fs::read_to_string(&path).unwrap();
                let source = source.split("#[cfg(test)]").next().unwrap();
                for name in ["Refusal::invalid(", "FieldProblem::new(", ".item("] {
                    for call in calls(source, name) {
                        // The second argument, where it is a word.
                        let words: Vec<&str> = call.split('"').skip(1).step_by(2).collect();
                        let is_code =
                            |w: &&str| !w.is_empty() && w.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
                        let first = call.trim_start().starts_with('"');
                        let Some(code) = words.get(usize::from(first)).filter(|w| is_code(w)) else { continue };
                        seen += 1;
                        if !known.contains(code) {
                            unknown.push(format!("{}: {code}", path.display()));
                        }
                    }
                }
            }
        }
        assert!(seen > 60, "the sources were not read");
        assert!(unknown.is_empty(), "give each code its words in CODES: {unknown:#?}");
    }
}
