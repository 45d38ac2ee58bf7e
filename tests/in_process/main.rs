//! What runs in this process: the wizard, the SDK and the practice account, with time set by hand. One binary, so that it is
//! linked once. What starts the program is in `tests/program`.

mod calls;
mod documents;
mod evidence;
mod hand_over;
mod journal;
mod laws;
mod layers;
mod lock_out;
mod moves;
mod policies;
mod practice;
mod preselected;
mod properties;
mod random_events;
mod scenarios;
mod second_client;
mod sentences;
mod sign_in;
mod support;
mod tasks;
mod walk;
mod walk_account;
mod walk_administrator;
mod walk_existing_administrator;
mod walk_groups;
mod walk_keys;
mod walk_mfa;
mod walk_own_sign_in;
mod walk_root_sign_in;
mod walk_runs;
mod walk_two_administrators;
mod walk_users;
mod walk_watchers;
mod walk_ways;
mod wire;
