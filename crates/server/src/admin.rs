//! `whosaw user`, `role`, `token`, `ledger`: administrative acts from the command line, through the gate.

use std::collections::BTreeSet;
use std::process::ExitCode;

use anyhow::{Context, anyhow};
use model::{Action, Clock, UserKind, UserStatus};
use serde_json::json;
use store::company::{AssignRole, CreateUser, ListUsers, NewUser, Note, SetUserStatus, TakeRole};
use store::identity::{CreateToken, ListTokens, NewToken, ResetPassword, RevokeToken};

use crate::args::{LedgerArgs, LedgerCommand, RoleArgs, RoleCommand, TokenArgs, TokenCommand, UserArgs, UserCommand};
use crate::clock::SystemClock;
use crate::config::Config;
use crate::instance::{Instance, refused};
use crate::say::Say;

pub async fn user(args: UserArgs, say: Say) -> anyhow::Result<ExitCode> {
    let instance = Instance::open(&args.data.data, Config::load(&args.data.data)?).await?;
    let result = user_in(&instance, &args.login, args.command, say).await;
    instance.close().await?;
    result
}

async fn user_in(i: &Instance, by: &str, command: UserCommand, say: Say) -> anyhow::Result<ExitCode> {
    let no = |r| refused(by, r);
    match command {
        UserCommand::List => {
            let grant = i.admit(by, ListUsers::default()).await?;
            let mut users = i.store.list_users(grant).await.map_err(no)?.into_inner();
            users.sort_by(|a, b| a.login.cmp(&b.login));
            let lines: Vec<String> = users
                .iter()
                .map(|u| {
                    let roles: Vec<&str> = u.roles.iter().map(model::RoleName::as_str).collect();
                    let status = if u.status == UserStatus::Active { "" } else { " （disabled 已停用）" };
                    format!("{:<20} {:<16} {}{status}", u.login, u.name, roles.join(","))
                })
                .collect();
            say.answer(&lines.join("\n"), &lines.join("\n"), &json!({ "users": users }));
        }
        UserCommand::Add { login, name, department, manager } => {
            let directory = i.store.directory();
            let department = match department {
                Some(name) => directory
                    .departments
                    .values()
                    .find(|d| d.name == name)
                    .map(|d| d.id)
                    .ok_or_else(|| anyhow!("there is no department `{name}`"))?,
                None => directory
                    .departments
                    .values()
                    .find(|d| d.parent.is_none())
                    .map(|d| d.id)
                    .ok_or_else(|| anyhow!("there is no department"))?,
            };
            let manager = manager.map(|m| i.user(&m)).transpose()?;
            let user = NewUser {
                login: login.clone(),
                name,
                kind: UserKind::Person,
                department,
                manager,
                trained_until: None,
            };
            let grant = i.admit(by, CreateUser { user, note: Note::default() }).await?;
            let id = i.store.create_user(grant).await.map_err(no)?.into_inner();
            let grant = i.admit(by, ResetPassword { user: id }).await?;
            let secret = i.store.reset_password(grant, None).await.map_err(no)?.into_inner();
            let password = secret.as_ref().map(store::identity::Secret::expose).unwrap_or_default();
            say.answer(
                &format!("已建立 {login}，初始密码（首次登录须修改）：{password}\n角色由安全管理员授予：whosaw role … assign {login} ROLE"),
                &format!("Made {login}; first password, to be changed at the first sign-in: {password}\nRoles are given by the security administrator: whosaw role … assign {login} ROLE"),
                &json!({ "id": id, "login": login, "password": password }),
            );
        }
        UserCommand::Disable { login } | UserCommand::Enable { login } if login.is_empty() => {
            return Err(anyhow!("a login is needed"));
        }
        UserCommand::Disable { login } => set_status(i, by, &login, UserStatus::Disabled, say).await?,
        UserCommand::Enable { login } => set_status(i, by, &login, UserStatus::Active, say).await?,
        UserCommand::ResetPassword { login, recover } => {
            let secret = if recover {
                i.store.recover_account(&login, SystemClock.now()).await?
            } else {
                let grant = i.admit(by, ResetPassword { user: i.user(&login)? }).await?;
                let made = i.store.reset_password(grant, None).await.map_err(no)?.into_inner();
                made.ok_or_else(|| anyhow!("no password was made"))?
            };
            let password = secret.expose();
            say.answer(
                &format!("{login} 的新初始密码：{password}"),
                &format!("New first password of {login}: {password}"),
                &json!({ "login": login, "password": password }),
            );
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn set_status(i: &Instance, by: &str, login: &str, status: UserStatus, say: Say) -> anyhow::Result<()> {
    let grant = i.admit(by, SetUserStatus { user: i.user(login)?, status }).await?;
    i.store.set_user_status(grant).await.map_err(|r| refused(by, r))?;
    let (zh, en) = if status == UserStatus::Active { ("已启用", "is active") } else { ("已停用", "is disabled") };
    say.answer(&format!("{login} {zh}。"), &format!("{login} {en}."), &json!({ "login": login, "status": status }));
    Ok(())
}

pub async fn role(args: RoleArgs, say: Say) -> anyhow::Result<ExitCode> {
    let i = Instance::open(&args.data.data, Config::load(&args.data.data)?).await?;
    let result = role_in(&i, &args.login, args.command, say).await;
    i.close().await?;
    result
}

async fn role_in(i: &Instance, by: &str, command: RoleCommand, say: Say) -> anyhow::Result<ExitCode> {
    match command {
        RoleCommand::List => {
            let grant = i.admit(by, store::company::ListRoles).await?;
            let roles = i.store.list_roles(grant).await.map_err(|r| refused(by, r))?.into_inner();
            let lines: Vec<String> =
                roles.iter().map(|r| format!("{:<16} {} / {}", r.name.as_str(), r.label.zh, r.label.en)).collect();
            say.answer(&lines.join("\n"), &lines.join("\n"), &json!({ "roles": roles }));
        }
        RoleCommand::Assign { login, role } => {
            let op = AssignRole { user: i.user(&login)?, role: role.parse()? };
            let grant = i.admit(by, op).await?;
            i.store.assign_role(grant).await.map_err(|r| refused(by, r))?;
            say.answer(
                &format!("{login} 已获角色 {role}。"),
                &format!("{login} now has the role {role}."),
                &json!({ "ok": true }),
            );
        }
        RoleCommand::Remove { login, role } => {
            let op = TakeRole { user: i.user(&login)?, role: role.parse()? };
            let grant = i.admit(by, op).await?;
            i.store.take_role(grant).await.map_err(|r| refused(by, r))?;
            say.answer(
                &format!("{login} 不再有角色 {role}。"),
                &format!("{login} no longer has the role {role}."),
                &json!({ "ok": true }),
            );
        }
    }
    Ok(ExitCode::SUCCESS)
}

pub async fn token(args: TokenArgs, say: Say) -> anyhow::Result<ExitCode> {
    let i = Instance::open(&args.data.data, Config::load(&args.data.data)?).await?;
    let result = token_in(&i, &args.login, args.command, say).await;
    i.close().await?;
    result
}

async fn token_in(i: &Instance, by: &str, command: TokenCommand, say: Say) -> anyhow::Result<ExitCode> {
    let no = |r| refused(by, r);
    match command {
        TokenCommand::List => {
            let grant = i.admit(by, ListTokens).await?;
            let tokens = i.store.list_tokens(grant).await.map_err(no)?.into_inner();
            let json = json!({ "tokens": tokens });
            let text = serde_json::to_string_pretty(&json)?;
            say.answer(&text, &text, &json);
        }
        TokenCommand::Create { name, days, actions } => {
            let mut set = BTreeSet::new();
            for a in &actions {
                set.insert(a.parse::<Action>()?);
            }
            let token = NewToken {
                name,
                actions: (!set.is_empty()).then_some(set),
                expires_at: SystemClock.now().plus_days(i64::from(days)),
                service: None,
            };
            let grant = i.admit(by, CreateToken { token, note: Note::default() }).await?;
            let (id, secret) = i.store.create_token(grant).await.map_err(no)?.into_inner();
            let text = secret.expose();
            say.answer(
                &format!("令牌（只显示这一次）：{text}"),
                &format!("The token, shown this once: {text}"),
                &json!({ "id": id, "token": text }),
            );
        }
        TokenCommand::Revoke { id } => {
            let token = id.parse().context("that is no token id; `whosaw token list` shows them")?;
            let grant = i.admit(by, RevokeToken { token }).await?;
            i.store.revoke_token(grant).await.map_err(no)?;
            say.answer("令牌已撤销。", "The token is revoked.", &json!({ "ok": true }));
        }
    }
    Ok(ExitCode::SUCCESS)
}

pub async fn ledger(args: LedgerArgs, say: Say) -> anyhow::Result<ExitCode> {
    let i = Instance::open(&args.data.data, Config::load(&args.data.data)?).await?;
    match args.command {
        LedgerCommand::Publish => {
            i.settle().await?;
            let p = i.publisher.publish_once(SystemClock.now()).await?;
            say.answer(
                &format!("已发布 {} 条的检查点。", p.size),
                &format!("Published a checkpoint of {} entries.", p.size),
                &json!({ "size": p.size, "changed": p.changed }),
            );
        }
        LedgerCommand::Key => {
            let key = i.publisher.verifier().to_string();
            say.answer(&key, &key, &json!({ "key": key }));
        }
    }
    i.close().await?;
    Ok(ExitCode::SUCCESS)
}
