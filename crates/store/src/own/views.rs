//! Saved views 视图: a list's question and layout under a name.
//!
//! Rule: a view gives no right. Whoever opens one asks its question themselves, and sees the rows and fields that are theirs.
//! A view is shared by somebody whom people report to, with roles that these people hold, and only they see it.
//!
//! ```text
//! manager1 shares "Overdue" with sales_rep   -> the sales reps of her team have it in their list, marked as hers
//! rep6 reports to somebody else              -> does not
//! ```

use std::collections::{BTreeMap, BTreeSet};

use access::path::{Disclosed, Grant, OnSystem, Operation, Refusal};
use model::{Action, Directory, ObjectName, ObjectType, RoleName, UserId, UserStatus, ViewId};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::look::{Eyes, LeftOut, Look};
use crate::Store;
use crate::company::operations;
use crate::ids::random;

/// Views of one person.
pub const MOST_VIEWS: usize = 50;
/// Characters of a name.
const LONGEST_NAME: usize = 60;
const NAME: &str = "views";

/// The views of an object type that the caller has before them.
#[derive(Debug)]
pub struct ShowViews {
    pub object: ObjectName,
}

/// Keeps a view: a new one, or in place of one of the caller's own.
#[derive(Debug)]
pub struct SaveView {
    pub object: ObjectName,
    pub id: Option<ViewId>,
    pub view: NewView,
}

/// Deletes one of the caller's own.
#[derive(Debug)]
pub struct DeleteView {
    pub object: ObjectName,
    pub id: ViewId,
}

/// Sets what the caller's list of an object type opens with; `None` for the plain list.
#[derive(Debug)]
pub struct PreferView {
    pub object: ObjectName,
    pub view: Option<ViewId>,
}

operations! {
    ShowViews: SelfRead, |op| json!({ "act": "view.list", "object": op.object });
    // Neither its name nor its filter: they are the person's own words.
    SaveView: OwnSave, |op| json!({
        "act": "view.save", "object": op.object, "view": op.id, "shared": op.view.shared, "preset": op.view.preset,
    });
    DeleteView: OwnSave, |op| json!({ "act": "view.delete", "object": op.object, "view": op.id });
    PreferView: OwnSave, |op| json!({ "act": "view.prefer", "object": op.object, "view": op.view });
}

/// What a view is made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewView {
    pub name: String,
    /// Roles of people who report to its owner.
    pub shared: BTreeSet<RoleName>,
    /// Opens first for those it is shared with, until they choose otherwise.
    pub preset: bool,
    pub look: Look,
}

/// A view as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct View {
    pub id: ViewId,
    pub object: ObjectName,
    #[serde(flatten)]
    pub view: NewView,
}

/// All that one person keeps.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Kept {
    views: Vec<View>,
    /// By object type; `None` for the plain list.
    prefers: BTreeMap<ObjectName, Option<ViewId>>,
}

/// A view as somebody has it before them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnedView {
    pub view: View,
    pub owner: UserId,
    pub owner_name: String,
    /// Parts that are not whole for this person.
    pub left_out: BTreeSet<LeftOut>,
}

/// Answer of [`ShowViews`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownViews {
    /// The caller's own first, then those shared with them.
    pub views: Vec<OwnedView>,
    /// What the list opens with.
    pub opens: Option<ViewId>,
    /// Roles that the caller may share with.
    pub share_with: BTreeSet<RoleName>,
}

/// Those whom somebody reports to, nearest first.
fn above(directory: &Directory, user: UserId) -> Vec<UserId> {
    let mut above = vec![];
    let mut next = directory.user(user).and_then(|u| u.manager);
    while let Some(id) = next.filter(|id| *id != user && !above.contains(id)) {
        above.push(id);
        next = directory.user(id).and_then(|u| u.manager);
    }
    above
}

/// Roles of those who report to somebody.
fn roles_below(directory: &Directory, user: UserId) -> BTreeSet<RoleName> {
    let below = directory.reports(user).into_iter().filter_map(|id| directory.user(id));
    below.filter(|u| u.status == UserStatus::Active).flat_map(|u| u.roles.iter().cloned()).collect()
}

fn object_of<O: OnSystem>(grant: &Grant<O>, object: &ObjectName) -> Result<std::sync::Arc<ObjectType>, Refusal> {
    let known = grant.engine().compiled().object(object).cloned();
    known.filter(|o| grant.has_right(Action::List, &o.name)).ok_or(Refusal::NotFound)
}

fn check(grant: &Grant<SaveView>, object: &ObjectType) -> Result<(), Refusal> {
    let view = &grant.operation().view;
    let name = view.name.trim();
    if name.is_empty() || name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
        return Err(Refusal::invalid("view.name", "invalid_value", format!("1 to {LONGEST_NAME} characters")));
    }
    if view.preset && view.shared.is_empty() {
        return Err(Refusal::invalid("view.preset", "invalid_value", "only a shared view opens first for others"));
    }
    if !view.shared.is_empty() {
        let may = roles_below(grant.engine().directory(), grant.caller().user);
        if may.is_empty() {
            let reason = "nobody reports to you, so there is nobody to share a view with".to_owned();
            return Err(Refusal::Barred { code: "no_team", reason });
        }
        if !view.shared.is_subset(&may) {
            return Err(Refusal::invalid("view.shared", "unknown_role", "nobody who reports to you holds this role"));
        }
    }
    Eyes { grant, object }.check(&view.look)
}

impl Store {
    /// # Errors
    /// [`Refusal::NotFound`] for an object type that is not open to the caller; [`Refusal::StoreUnavailable`]; recorded.
    pub async fn show_views(&self, grant: Grant<ShowViews>) -> Result<Disclosed<ShownViews>, Refusal> {
        match self.views_of(&grant).await {
            Ok(shown) => grant.carry_out(vec![], shown).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    async fn views_of(&self, grant: &Grant<ShowViews>) -> Result<ShownViews, Refusal> {
        let object = object_of(grant, &grant.operation().object)?;
        let directory = grant.engine().directory();
        let me = grant.caller().user;
        let roles = directory.user(me).map(|u| u.roles.clone()).unwrap_or_default();
        let chain = above(directory, me);
        let people: Vec<UserId> = std::iter::once(me).chain(chain.iter().copied()).collect();
        let mut kept: BTreeMap<UserId, Kept> = self.own_of(&people, NAME).await?;
        let eyes = Eyes { grant, object: &object };
        let mut views = vec![];
        let prefers = kept.get(&me).and_then(|k| k.prefers.get(&object.name).copied());
        for owner in people {
            let Some(of) = kept.remove(&owner) else { continue };
            for view in of.views.into_iter().filter(|v| v.object == object.name) {
                if owner != me && view.view.shared.is_disjoint(&roles) {
                    continue;
                }
                let (look, left_out) = eyes.fit(view.view.look.clone());
                let mut view = View { view: NewView { look, ..view.view }, ..view };
                if owner != me {
                    // With whom else it is shared is its owner's matter.
                    view.view.shared = view.view.shared.intersection(&roles).cloned().collect();
                }
                let owner_name = directory.user(owner).map(|u| u.name.clone()).unwrap_or_default();
                views.push(OwnedView { view, owner, owner_name, left_out });
            }
        }
        let opens = match prefers {
            Some(chosen) => chosen.filter(|id| views.iter().any(|v| v.view.id == *id)),
            None => views.iter().find(|v| v.owner != me && v.view.view.preset).map(|v| v.view.id),
        };
        Ok(ShownViews { views, opens, share_with: roles_below(directory, me) })
    }

    /// Gives the view's id.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] at what is wrong; [`Refusal::Barred`] `too_many_views` or `no_team`; [`Refusal::NotFound`] for an
    /// object type that is not open, or a view that is not the caller's own; [`Refusal::Conflict`], [`Refusal::Taken`] when
    /// they saved something else in the same moment. All recorded.
    pub async fn save_view(&self, grant: Grant<SaveView>) -> Result<Disclosed<ViewId>, Refusal> {
        match self.draft_view(&grant).await {
            Ok((id, change, told)) => {
                let tells = vec![told, ("view", json!(id))];
                grant.carry_out_telling(tells, vec![change], id).await
            }
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    async fn draft_view(&self, grant: &Grant<SaveView>) -> Result<(ViewId, access::path::Change, Told), Refusal> {
        let op = grant.operation();
        let object = object_of(grant, &op.object)?;
        check(grant, &object)?;
        let mut own = self.own::<Kept>(grant.caller().user, NAME).await?;
        let name = op.view.name.trim().to_owned();
        let mut others = own.value.views.iter().filter(|v| v.object == object.name && Some(v.id) != op.id);
        if others.any(|v| v.view.name == name) {
            return Err(Refusal::invalid("view.name", "duplicate", "another of your views has this name"));
        }
        let view = NewView { name, ..op.view.clone() };
        let id = match op.id {
            Some(id) => {
                let at = own.value.views.iter_mut().find(|v| v.id == id && v.object == object.name);
                at.ok_or(Refusal::NotFound)?.view = view;
                id
            }
            None => {
                if own.value.views.len() >= MOST_VIEWS {
                    let reason = format!("you keep {MOST_VIEWS} views already");
                    return Err(Refusal::Barred { code: "too_many_views", reason });
                }
                let id = ViewId::new(grant.now(), random());
                own.value.views.push(View { id, object: object.name.clone(), view });
                id
            }
        };
        let (change, told) = own.write(self, grant.now())?;
        Ok((id, change, told))
    }

    /// # Errors
    /// [`Refusal::NotFound`] when it is not the caller's own; otherwise as [`Store::save_view`].
    pub async fn delete_view(&self, grant: Grant<DeleteView>) -> Result<Disclosed<()>, Refusal> {
        let DeleteView { object, id } = grant.operation();
        let drafted = async {
            let mut own = self.own::<Kept>(grant.caller().user, NAME).await?;
            let before = own.value.views.len();
            own.value.views.retain(|v| v.id != *id || v.object != *object);
            if own.value.views.len() == before {
                return Err(Refusal::NotFound);
            }
            own.value.prefers.retain(|_, view| *view != Some(*id));
            own.write(self, grant.now())
        };
        match drafted.await {
            Ok((change, told)) => grant.carry_out_telling(vec![told], vec![change], ()).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    /// # Errors
    /// [`Refusal::NotFound`] when the view is not before the caller; otherwise as [`Store::save_view`].
    pub async fn prefer_view(&self, grant: Grant<PreferView>) -> Result<Disclosed<()>, Refusal> {
        let op = grant.operation();
        let drafted = async {
            let object = object_of(&grant, &op.object)?;
            let (directory, me) = (grant.engine().directory(), grant.caller().user);
            let mut own = self.own::<Kept>(me, NAME).await?;
            if let Some(id) = op.view {
                let mine = own.value.views.iter().any(|v| v.id == id && v.object == object.name);
                let roles = directory.user(me).map(|u| u.roles.clone()).unwrap_or_default();
                let others: BTreeMap<UserId, Kept> = self.own_of(&above(directory, me), NAME).await?;
                let shared = others.values().flat_map(|k| &k.views);
                let mut shared = shared.filter(|v| v.object == object.name && !v.view.shared.is_disjoint(&roles));
                if !mine && !shared.any(|v| v.id == id) {
                    return Err(Refusal::NotFound);
                }
            }
            own.value.prefers.insert(object.name.clone(), op.view);
            own.write(self, grant.now())
        };
        match drafted.await {
            Ok((change, told)) => grant.carry_out_telling(vec![told], vec![change], ()).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }
}

/// What the event tells of a row.
type Told = (&'static str, Value);
