//! The company: people, departments, roles, rules, object types and settings, as one picture that the gate decides by.
//!
//! Rule: the picture in force is [`Loaded`], numbered by an *epoch*. A change is checked against the picture it was made
//! from, written in one unit with its event and with the epoch's compare-and-swap, and put in force in the gate at once.
//! So two administrators cannot each remove "the other" last holder of a duty: the second meets a conflict.
//!
//! ```text
//! let grant = gate.admit_system(caller, AssignRole { user, role, change: Change::default() }).await?;
//! store.assign_role(grant).await?;          // durable with its event; the next request is decided by it
//! ```

mod approvals;
mod audit_policy;
mod bootstrap;
mod branding;
mod draft;
mod duties;
mod edition;
mod guests;
mod impact;
mod load;
pub(crate) mod membership;
mod objects;
mod people;
mod policy;
mod policy_rules;
mod pools;
mod reasons;
mod roles;
mod rows;
mod settings;
mod versions;
mod workspace;

pub use approvals::{Approvals, ChangeFlows, PreviewFlow, PreviewedSeat, ReadFlows, SetDeputy, ShowDeputy};
pub use audit_policy::{
    AuditEffect, AuditPolicies, AuditPolicyView, AuditVersion, ConfirmReview, DecideAuditPolicy, EFFECT_DAYS,
    PROPOSAL_DAYS, PreviewAuditPolicy, Proposal, ProposeAuditPolicy, ReadAuditPolicy, Verified, WithdrawAuditPolicy,
};
pub use bootstrap::{Bootstrap, BootstrapError, FirstAccount, FirstDepartment, FirstMail, bootstrap};
pub use branding::{Accent, Branding, ChangeBranding, Colour, Face, LogoChange, MOST_LOGO_BYTES, Picture};
pub use draft::Note;
pub use duties::DUTIES;
pub use edition::EditionError;
pub(crate) use guests::GUESTS;
pub use guests::{GUEST_ACTIONS, Guest, Guests};
pub use impact::{Gift, ImpactLine, Person, PolicyImpact, PreviewPolicy};
pub use load::{Loaded, OpenError, PolicyVersion};
pub use objects::{
    AddField, ApprovalRules, ChangeField, ChangeObject, DefineObject, FieldChange, FileLimits, ListObjects,
};
pub use people::{
    Colleague, Colleagues, CreateDepartment, CreateUser, ListDepartments, ListRoles, ListUsers, MoveDepartment, Myself,
    NewUser, RenameDepartment, SetUserStatus, UpdateUser, UserChange, double,
};
pub use policy::{
    CheckPolicy, Diff, GetPolicy, GrantTemporarily, ListPolicies, PolicyCheck, PolicySummary, PublishPolicy,
    RollBackPolicy, TEMPORARY_DAYS, TemporaryGrant,
};
pub use policy_rules::ChangedRow;
pub use pools::{ChangePools, OwnPool, ReadPools, RunRecycling, ShowPools};
pub use reasons::{ChangeReasons, ReadReasons};
pub use roles::{AssignRole, DefineRole, TakeRole};
pub use settings::{ChangeSettings, ReadSettings, SessionRules, SettingsChange};
pub use versions::{GetObjectVersion, ListObjectVersions, ObjectVersion, RestoreObject};
pub use workspace::{FieldForm, Layout, ObjectForm, PreviewLayout, ShowWorkspace, Workspace};

pub(crate) use audit_policy::{AUDIT_DAYS, push_longer};
pub(crate) use draft::Draft;
pub(crate) use duties::{barred, check_about, check_holders, check_reset, exclusion, holds_duty};
pub(crate) use load::word;
pub(crate) use load::{Company, policy_hash, policy_version, unreadable};
pub(crate) use people::{check_manager, operations};
pub(crate) use policy::compile;
pub(crate) use rows::{Anchor, SEAL};

use model::UserId;

/// The account in whose name the house itself acts: the first policy, node starts, refused sign-ins of unknown logins.
/// It has no password, cannot sign in and holds no role.
pub const SYSTEM: UserId = UserId(uuid::Uuid::nil());
