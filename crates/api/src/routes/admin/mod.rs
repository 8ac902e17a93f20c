//! Administrative acts. Three separate duties 三员分立: system, security and audit administrators.

pub mod audit_policy;
pub mod automations;
pub mod branding;
pub mod canaries;
pub mod channels;
pub mod credentials;
pub mod custody;
pub mod departments;
pub mod erase;
pub mod evening_note;
pub mod export_rules;
pub mod feeds;
pub mod file_rules;
pub mod handover;
pub mod holds;
pub mod impact;
pub mod layout;
pub mod mail;
pub mod object_versions;
pub mod objects;
pub mod policy;
pub mod pools;
pub mod reasons;
pub mod replay;
pub mod responses;
pub mod reveal_rules;
pub mod roles;
pub mod settings;
pub mod users;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::state::ApiState;

pub(super) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(users::list_users, users::create_user))
        .routes(routes!(users::update_user))
        .routes(routes!(users::set_user_status))
        .routes(routes!(users::list_colleagues))
        .routes(routes!(handover::show_estate, handover::begin_handover))
        .routes(routes!(handover::look_back))
        .routes(routes!(credentials::reset_password))
        .routes(routes!(credentials::reset_totp))
        .routes(routes!(credentials::list_user_sessions, credentials::revoke_user_sessions))
        .routes(routes!(credentials::revoke_user_session))
        .routes(routes!(credentials::list_user_tokens))
        .routes(routes!(credentials::revoke_user_token))
        .routes(routes!(departments::list_departments, departments::create_department))
        .routes(routes!(departments::rename_department))
        .routes(routes!(departments::move_department))
        .routes(routes!(roles::list_roles))
        .routes(routes!(roles::define_role))
        .routes(routes!(roles::assign_role, roles::take_role))
        .routes(routes!(layout::preview_layout))
        .routes(routes!(policy::get_policy, policy::publish_policy))
        .routes(routes!(policy::list_policies))
        .routes(routes!(policy::get_policy_version))
        .routes(routes!(policy::check_policy))
        .routes(routes!(impact::preview_policy))
        .routes(routes!(replay::replay_policy))
        .routes(routes!(replay::show_replay))
        .routes(routes!(policy::roll_back_policy))
        .routes(routes!(policy::grant_temporarily))
        .routes(routes!(objects::list_objects, objects::define_object))
        .routes(routes!(objects::change_object))
        .routes(routes!(object_versions::object_versions))
        .routes(routes!(object_versions::object_version))
        .routes(routes!(object_versions::restore_object))
        .routes(routes!(objects::add_field))
        .routes(routes!(objects::change_field))
        .routes(routes!(objects::count_misfits))
        .routes(routes!(settings::read_settings, settings::change_settings))
        .routes(routes!(settings::read_retention, settings::change_retention))
        .routes(routes!(export_rules::read_export_rules, export_rules::change_export_rules))
        .routes(routes!(reasons::read_reasons, reasons::change_reasons))
        .routes(routes!(evening_note::read_evening_note, evening_note::change_evening_note))
        .routes(routes!(reveal_rules::read_reveal_rules, reveal_rules::change_reveal_rules))
        .routes(routes!(file_rules::read_file_rules, file_rules::change_file_rules))
        .routes(routes!(pools::read_pools, pools::change_pools))
        .routes(routes!(pools::run_recycling))
        .routes(routes!(automations::read_automations, automations::change_automations))
        .routes(routes!(automations::list_runs))
        .routes(routes!(automations::retry_run))
        .routes(routes!(automations::read_hooks, automations::change_hooks))
        .routes(routes!(mail::read_mail_server, mail::change_mail_server))
        .routes(routes!(mail::test_mail))
        .routes(routes!(mail::list_mails))
        .routes(routes!(mail::retry_mail))
        .routes(routes!(channels::read_channels, channels::change_channels))
        .routes(routes!(channels::test_channel))
        .routes(routes!(channels::list_messages))
        .routes(routes!(channels::retry_message))
        .routes(routes!(branding::change_branding))
        .routes(routes!(branding::show_branding))
        .routes(routes!(branding::show_logo))
        .routes(routes!(settings::apply_retention))
        .routes(routes!(audit_policy::read_audit_policy))
        .routes(routes!(audit_policy::preview_audit_policy))
        .routes(routes!(audit_policy::propose_audit_policy))
        .routes(routes!(audit_policy::withdraw_audit_policy))
        .routes(routes!(audit_policy::decide_audit_policy))
        .routes(routes!(audit_policy::confirm_review))
        .routes(routes!(custody::read_keys))
        .routes(routes!(custody::read_backups))
        .routes(routes!(custody::confirm_drill))
        .routes(routes!(holds::list_holds, holds::place_hold))
        .routes(routes!(holds::release_hold))
        .routes(routes!(erase::erase_customer))
        .routes(routes!(responses::list_responses, responses::take_response))
        .routes(routes!(responses::end_response))
        .routes(routes!(responses::last_response))
        .routes(routes!(responses::decide_lasting))
        .routes(routes!(responses::read_response_rules, responses::change_response_rules))
        .routes(routes!(canaries::list_canaries, canaries::plant_canaries))
        .routes(routes!(canaries::lift_canary))
        .routes(routes!(feeds::list_feeds, feeds::put_feed, feeds::drop_feed))
        .routes(routes!(feeds::try_feed))
        .routes(routes!(feeds::load_feed))
        .routes(routes!(feeds::list_rejected))
}
