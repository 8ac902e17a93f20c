//! Asked through the gate, answered by the store, checked from outside. Every story is told on both databases: `crate::base`
//! is the one at hand.

mod attachments;
mod audit;
mod audit_policy;
mod bulk;
mod canaries;
mod case_papers;
mod cases;
mod channels;
mod comments;
mod company;
mod detection;
mod drill;
mod edition;
mod erase;
mod evidence;
mod explain;
mod exports;
mod fields;
mod filters;
mod handover;
mod house;
mod identity;
mod import;
mod jobs;
mod mail;
mod merge;
mod notices;
mod publish;
mod reasons;
mod requests;
mod responses;
mod retention;
mod seals;
mod watch;
mod world;
