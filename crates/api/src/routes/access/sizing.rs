//! `GET /access/right-sizing`: rights that nobody used, or that reach further than needed.

use axum::extract::State;
use model::Text;
use serde::{Deserialize, Serialize};
use store::rights::{RightSize, RightSized};
use utoipa::{IntoParams, ToSchema};

use crate::answer::Answer;
use crate::extract::{Query, SignedInCaller};
use crate::problem::Outcome;
use crate::routes::cases::refused;
use crate::schema::Label;
use crate::state::ApiState;

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct SizingQuery {
    /// Days looked back; 90 if left out.
    #[param(minimum = 1, maximum = 366)]
    pub days: Option<u32>,
}

/// A right that nobody used, and the rows of the matrix that give it.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnusedRight {
    pub action: &'static str,
    /// `null` for a duty.
    #[schema(required = true)]
    pub object: Option<String>,
    pub rows: Vec<String>,
}

/// A role.
#[derive(Debug, Serialize, ToSchema)]
pub struct SizedRole {
    pub role: String,
    #[schema(value_type = Label)]
    pub label: Text,
    pub holders: usize,
    pub rights: usize,
    pub unused: Vec<UnusedRight>,
}

/// A row that reaches further than it was needed.
#[derive(Debug, Serialize, ToSchema)]
pub struct SizedRow {
    pub row: String,
    #[schema(value_type = Label)]
    pub title: Text,
    pub role: String,
    #[schema(value_type = Label)]
    pub label: Text,
    /// `reports`, `department`, `subtree` or `all`.
    pub from: &'static str,
    /// The narrowest scope in which all uses lie.
    pub to: &'static str,
    /// Holders who used it.
    pub users: usize,
}

/// Two roles that give nearly the same.
#[derive(Debug, Serialize, ToSchema)]
pub struct AlikeRoles {
    #[schema(value_type = Label)]
    pub one: Text,
    #[schema(value_type = Label)]
    pub other: Text,
    /// Thousandths of their rights that both give.
    pub alike: u32,
}

/// Somebody with many rights and little use of them.
#[derive(Debug, Serialize, ToSchema)]
pub struct OverPerson {
    pub user: uuid::Uuid,
    pub name: String,
    pub rights: usize,
    pub unused: usize,
}

/// An account that did nothing in that time.
#[derive(Debug, Serialize, ToSchema)]
pub struct DormantAccount {
    pub user: uuid::Uuid,
    pub name: String,
    #[schema(required = true)]
    pub last: Option<i64>,
}

/// Rights that should not meet in one person.
#[derive(Debug, Serialize, ToSchema)]
pub struct ToxicPerson {
    pub user: uuid::Uuid,
    pub name: String,
    /// The rule's name.
    pub rule: &'static str,
    #[schema(value_type = Label)]
    pub text: Text,
    /// `medium` or `high`.
    pub severity: &'static str,
}

/// What there is to take away.
#[derive(Debug, Serialize, ToSchema)]
pub struct RightSizing {
    pub from: i64,
    /// Those with the most unused rights first.
    pub roles: Vec<SizedRole>,
    pub wide: Vec<SizedRow>,
    pub alike: Vec<AlikeRoles>,
    pub over: Vec<OverPerson>,
    pub dormant: Vec<DormantAccount>,
    pub toxic: Vec<ToxicPerson>,
}

impl From<RightSized> for RightSizing {
    fn from(r: RightSized) -> Self {
        let plain = |name: &str| Text::new(name.to_owned(), name.to_owned());
        let label = |role: &str| r.roles.get(role).cloned().unwrap_or_else(|| plain(role));
        let title = |row: &str| r.rows.get(row).cloned().unwrap_or_else(|| plain(row));
        let name = |id: &model::UserId| r.people.get(id).cloned().unwrap_or_default();
        let unused = |((action, object), rows): &(govern::rights::Right, Vec<String>)| UnusedRight {
            action: action.as_str(),
            object: object.as_ref().map(ToString::to_string),
            rows: rows.clone(),
        };
        let role = |u: &govern::rights::RoleUse| SizedRole {
            role: u.role.to_string(),
            label: label(u.role.as_str()),
            holders: u.holders,
            rights: u.rights,
            unused: u.unused.iter().map(unused).collect(),
        };
        let wide = |w: &govern::rights::TooWide| SizedRow {
            row: w.row.clone(),
            title: title(&w.row),
            role: w.role.to_string(),
            label: label(w.role.as_str()),
            from: w.from.as_str(),
            to: w.to.as_str(),
            users: w.users,
        };
        let over = |p: &govern::rights::PersonUse| OverPerson {
            user: p.user.0,
            name: name(&p.user),
            rights: p.rights,
            unused: p.unused,
        };
        Self {
            from: r.from.0,
            roles: r.sized.roles.iter().map(role).collect(),
            wide: r.sized.wide.iter().map(wide).collect(),
            alike: r
                .sized
                .alike
                .iter()
                .map(|(one, other, alike)| AlikeRoles {
                    one: label(one.as_str()),
                    other: label(other.as_str()),
                    alike: *alike,
                })
                .collect(),
            over: r.sized.over.iter().map(over).collect(),
            dormant: r
                .sized
                .dormant
                .iter()
                .map(|(user, last)| DormantAccount { user: user.0, name: name(user), last: last.map(|t| t.0) })
                .collect(),
            toxic: r
                .sized
                .toxic
                .iter()
                .map(|(user, rule)| ToxicPerson {
                    user: user.0,
                    name: name(user),
                    rule: rule.id,
                    text: Text::new(rule.zh, rule.en),
                    severity: rule.severity,
                })
                .collect(),
        }
    }
}

/// Which rights could be taken away
///
/// By the access log of the days looked back: what no holder of a role used, scopes in which narrower ones would have done, roles that give nearly
/// the same, people with little use of what they have, accounts that sleep, and rights that should not meet in one person. How far a use was is
/// told by whose the record is today: replay a narrower policy before publishing it.
#[utoipa::path(
    get, path = "/access/right-sizing", tag = "access",
    params(SizingQuery),
    responses((status = 200, description = "what there is to take away", body = RightSizing)),
    extensions(("x-whosaw-action" = json!("rights.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn right_sizing(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Query(q): Query<SizingQuery>,
) -> Outcome<Answer<RightSizing>> {
    let op = RightSize { days: q.days.unwrap_or(90) };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    Ok(Answer::with(state.store.right_size(grant).await.map_err(refused)?, RightSizing::from))
}
