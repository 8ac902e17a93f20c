//! Records of every object type: customers, contacts, opportunities, whatever a company adds.

mod aggregate;
pub(crate) mod attachments;
mod break_glass;
mod claim;
mod comments;
mod convert;
mod count;
mod create;
mod delete;
mod discard;
mod duplicates;
mod edit;
mod export;
mod forecast;
mod import;
mod import_job;
mod imported;
mod list;
mod looks;
mod lookup;
mod merge;
mod print;
pub mod question;
mod returning;
mod reveal;
mod share;
pub mod sheet;
mod submit;
mod timeline;
mod transfer;
mod view;
mod views;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::state::ApiState;

pub use import::{ImportAnswer, Rejected, import_rows};
pub(super) use share::ShareRequest;
pub(super) use transfer::TransferRequest;

pub(super) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(list::list_records, create::create_record))
        .routes(routes!(count::count_records))
        .routes(routes!(aggregate::aggregate_records))
        .routes(routes!(lookup::lookup_records))
        .routes(routes!(duplicates::check_duplicates))
        .routes(routes!(merge::merge_records))
        .routes(routes!(merge::compare_records))
        .routes(routes!(merge::compare_undo))
        .routes(routes!(merge::undo_merge))
        .routes(routes!(export::export_records))
        .routes(routes!(import::import_records))
        .routes(routes!(imported::list_mappings, imported::keep_mapping))
        .routes(routes!(imported::undo_import))
        .routes(routes!(imported::list_imports))
        .routes(routes!(import_job::begin_import))
        .routes(routes!(import_job::show_import))
        .routes(routes!(views::list_views, views::create_view))
        .routes(routes!(views::prefer_view))
        .routes(routes!(views::save_view, views::delete_view))
        .routes(routes!(view::view_record, edit::edit_record, delete::delete_record))
        .routes(routes!(reveal::reveal_fields))
        .routes(routes!(print::print_record))
        .routes(routes!(share::list_shares, share::share_record))
        .routes(routes!(share::end_share))
        .routes(routes!(attachments::list_attachments, attachments::add_attachment))
        .routes(routes!(attachments::take_attachment, attachments::remove_attachment))
        .routes(routes!(transfer::transfer_record))
        .routes(routes!(claim::claim_record))
        .routes(routes!(break_glass::break_glass))
        .routes(routes!(convert::convert_record))
        .routes(routes!(discard::discard_record))
        .routes(routes!(submit::submit_record))
        .routes(routes!(submit::look_at_approval))
        .routes(routes!(forecast::forecast_records))
        .routes(routes!(returning::list_returning))
        .routes(routes!(looks::who_looked))
        .routes(routes!(comments::list_comments, comments::add_comment))
        .routes(routes!(comments::list_readers))
        .routes(routes!(comments::edit_comment, comments::delete_comment))
        .routes(routes!(comments::strike_comment))
        .routes(routes!(timeline::read_timeline))
}
