//! `GET /me/training/{course}/certificate`: a course that was passed, as a PDF whose digest the log holds; and the proof of that.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use govern::moment;
use model::EventId;
use report::{Block, Document, Fact, Head, Section, Signature};
use store::evidence::Evidence;
use store::training::{Certificate, ProveCertificate, TakeCertificate};

use crate::answer::Answer;
use crate::extract::{IdPath, PairPath, SignedInCaller};
use crate::language::Language;
use crate::press;
use crate::problem::{Code, Outcome, Problem};
use crate::routes::cases::{parts, refused};
use crate::state::ApiState;

/// What a certificate says, in Chinese or in English.
fn document(c: &Certificate, l: Language) -> Document {
    let at = |t| moment(t, &c.zone);
    let mut facts = vec![
        Fact::new(l.say("姓名", "Name"), c.name.clone()),
        Fact::new(l.say("部门", "Department"), c.department.clone()),
        Fact::new(l.say("单位", "Company"), c.company.clone()),
        Fact::new(l.say("课程", "Course"), l.pick(&c.course)),
        Fact::new(l.say("课程版本", "Version of the course"), c.version.to_string()),
        Fact::new(l.say("通过时间", "Passed at"), format!("{} ({})", at(c.passed_at), c.zone)),
        Fact::new(l.say("有效期至", "Valid until"), format!("{} ({})", at(c.valid_until), c.zone)),
        Fact::new(l.say("证书编号", "Number"), c.number.to_string()),
    ];
    match &c.outside {
        None => facts.push(Fact::new(l.say("成绩", "Marks"), format!("{} / {}", c.right, c.of))),
        Some(o) => {
            facts.push(Fact::new(l.say("学习平台", "Taken at"), o.host.clone()));
            facts.extend(o.percent.map(|p| Fact::new(l.say("成绩", "Marks"), format!("{p} / 100"))));
            facts.push(Fact::new(l.say("平台记录编号", "Statement of that system"), o.statement.to_string()));
        }
    }
    if let Some(pledge) = &c.pledge {
        let name = l.say("已确认的制度文本（SHA-256）", "Text acknowledged (SHA-256)");
        let (first, rest) = pledge.split_at_checked(32).unwrap_or((pledge, ""));
        facts.push(Fact::new(name, format!("{first}\n{rest}")));
    }
    let said = match (l, &c.outside) {
        (Language::Zh, Some(o)) => {
            format!("兹证明 {} 已在 {} 完成并通过安全培训“{}”。", c.name, o.host, c.course.zh)
        }
        (Language::En, Some(o)) => {
            format!("{} took the security training \"{}\" at {} and passed it there.", c.name, c.course.en, o.host)
        }
        (Language::Zh, None) => format!("兹证明 {} 已完成安全培训“{}”，并通过测验。", c.name, c.course.zh),
        (Language::En, None) => {
            format!("{} took the security training \"{}\" and passed its quiz.", c.name, c.course.en)
        }
    };
    Document {
        language: match l {
            Language::Zh => report::Language::Zh,
            Language::En => report::Language::En,
        },
        kind: l.say("培训证书", "Certificate of training").to_owned(),
        title: l.pick(&c.course).to_owned(),
        notice: l
            .say("是否仍有效以系统内的培训状态为准", "Whether it still counts is what the training page says.")
            .to_owned(),
        facts,
        sections: vec![Section {
            title: l.say("证明", "What is certified").to_owned(),
            blocks: vec![Block::Paragraph { text: said }],
        }],
        signatures: vec![Signature {
            role: l.say("培训负责人", "For the company").to_owned(),
            name: None,
            at: None,
            proof: None,
        }],
        head: Head { origin: c.head.origin.clone(), size: c.head.size, root: c.head.root.clone() },
        made_at: parts(c.made_at),
        made: format!("{} ({})", at(c.made_at), c.zone),
    }
}

/// Take the certificate of a course that one passed
///
/// In the language asked for. The event of this request, whose id is in `X-Audit-Event`, holds the file's SHA-256; its proof is given by
/// `GET /me/training/{course}/certificates/{event}`, and `whosaw-verify report` checks both.
#[utoipa::path(
    get, path = "/me/training/{course}/certificate", tag = "training",
    params(("course" = String, Path, example = "personal-data")),
    responses((status = 200, description = "the certificate", body = String, content_type = "application/pdf")),
    extensions(("x-whosaw-action" = json!("training.take")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn take_certificate(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(course): IdPath<String>,
    headers: HeaderMap,
) -> Outcome<Response> {
    let publisher = state.publisher.clone().ok_or_else(|| Problem::new(Code::NotServed))?;
    let language = Language::of(&headers);
    let op = TakeCertificate { course, language: language.say("zh", "en") };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    let _turn = press::turn().await?;
    let print = move |c: &Certificate| press::pdf(&document(c, language));
    let taken = state.store.take_certificate(grant, &publisher, print).await.map_err(refused)?;
    let event = taken.event();
    Ok(press::file(taken.into_inner().bytes, event, "application/pdf", "whosaw-certificate.pdf"))
}

/// Take the proof of a certificate
///
/// The evidence file of the event that the certificate was given out with, for `whosaw-verify report`.
#[utoipa::path(
    get, path = "/me/training/{course}/certificates/{event}", tag = "training",
    params(("course" = String, Path, example = "personal-data"), ("event" = uuid::Uuid, Path)),
    responses((status = 200, description = "the evidence file", body = crate::schema::AnyObject)),
    extensions(("x-whosaw-action" = json!("training.take")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn prove_certificate(
    State(state): State<ApiState>,
    who: SignedInCaller,
    PairPath(course, event): PairPath<String, EventId>,
) -> Outcome<Answer<Evidence>> {
    let publisher = state.publisher.clone().ok_or_else(|| Problem::new(Code::NotServed))?;
    let grant = state.store.gate().admit_system(&who.caller, ProveCertificate { course, event }).await?;
    let taken = state.store.prove_certificate(grant, &publisher).await?;
    Ok(press::proof(taken, "whosaw-certificate.evidence.json".to_owned()))
}
