//! The types made of the table: questions, facts, and what is known.

macro_rules! questions {
    ($($(#[$doc:meta])+ $name:ident => $field:ident: $value:ty, told to $told:ident, $actions:expr;)+) => {
        /// A question to AWS.
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Question {
            $($(#[$doc])+ $name,)+
            /// The credential report, regenerated if AWS allows it now.
            FreshCredentialReport,
            /// One alternate contact.
            Contact(ContactType),
            /// A user's console password and MFA devices.
            SignIn(String),
            /// A user's access keys with their last use.
            UserKeys(String),
            /// The services that the policies of this ARN grant, each with its last use.
            ServicesUsed(String),
            SnsTopic(String),
            /// One page of CloudTrail events of an access key or of root.
            Trail(TrailQuery),
        }

        impl Question {
            /// The IAM actions that answer the question.
            #[must_use]
            pub fn actions(&self) -> &'static [&'static str] {
                match self {
                    $(Self::$name => &$actions,)+
                    Self::FreshCredentialReport => Self::CredentialReport.actions(),
                    Self::Contact(_) => &["account:GetAlternateContact"],
                    Self::SignIn(_) => &["iam:GetLoginProfile", "iam:ListMFADevices"],
                    Self::UserKeys(_) => Self::RootKeys.actions(),
                    Self::ServicesUsed(_) => {
                        &["iam:GenerateServiceLastAccessedDetails", "iam:GetServiceLastAccessedDetails"]
                    }
                    Self::SnsTopic(_) => &["sns:GetTopicAttributes", "sns:ListSubscriptionsByTopic"],
                    Self::Trail(_) => &["cloudtrail:LookupEvents"],
                }
            }

            /// The user, for questions about a single user.
            #[must_use]
            pub fn user(&self) -> Option<&str> {
                match self {
                    Self::SignIn(user) | Self::UserKeys(user) => Some(user),
                    _ => None,
                }
            }

            #[must_use]
            pub fn told_to(&self) -> Audience {
                match self {
                    $(Self::$name => Audience::$told,)+
                    Self::FreshCredentialReport
                    | Self::Contact(_)
                    | Self::SignIn(_)
                    | Self::UserKeys(_)
                    | Self::ServicesUsed(_)
                    | Self::SnsTopic(_)
                    | Self::Trail(_) => Audience::Anybody,
                }
            }
        }

        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Fact {
            $($(#[$doc])+ $name(Reading<$value>),)+
            /// Answers [`Question::Contact`].
            Contact(ContactType, Reading<Option<AlternateContact>>),
            /// Answers [`Question::SignIn`].
            SignIn(String, SignIn),
            /// Answers [`Question::UserKeys`].
            UserKeys(String, Reading<Vec<AccessKey>>),
            /// Answers [`Question::ServicesUsed`].
            ServicesUsed(String, Reading<Vec<ServiceUse>>),
            /// Answers [`Question::SnsTopic`]; `None`: no such topic.
            SnsTopic(String, Reading<Option<SnsTopic>>),
            /// Answers [`Question::Trail`].
            Trail(TrailQuery, Reading<TrailPage>),
        }

        impl Fact {
            /// The failed answer to `question`.
            #[must_use]
            pub fn unanswered(question: &Question, failure: Failure) -> Self {
                match question {
                    $(Question::$name => Self::$name(Reading::Failed(failure)),)+
                    Question::FreshCredentialReport => Self::CredentialReport(Reading::Failed(failure)),
                    Question::Contact(of) => Self::Contact(*of, Reading::Failed(failure)),
                    Question::SignIn(user) => {
                        let password = Reading::Failed(failure.clone());
                        Self::SignIn(user.clone(), SignIn { password, devices: Reading::Failed(failure) })
                    }
                    Question::UserKeys(user) => Self::UserKeys(user.clone(), Reading::Failed(failure)),
                    Question::ServicesUsed(arn) => Self::ServicesUsed(arn.clone(), Reading::Failed(failure)),
                    Question::SnsTopic(arn) => Self::SnsTopic(arn.clone(), Reading::Failed(failure)),
                    Question::Trail(query) => Self::Trail(query.clone(), Reading::Failed(failure)),
                }
            }

            #[must_use]
            pub fn failure(&self) -> Option<&Failure> {
                match self {
                    $(Self::$name(reading) => reading.failure(),)+
                    Self::Contact(_, reading) => reading.failure(),
                    Self::SignIn(_, sign_in) => sign_in.password.failure().or_else(|| sign_in.devices.failure()),
                    Self::UserKeys(_, reading) => reading.failure(),
                    Self::ServicesUsed(_, reading) => reading.failure(),
                    Self::SnsTopic(_, reading) => reading.failure(),
                    Self::Trail(_, reading) => reading.failure(),
                }
            }
        }

        /// Everything known about the account.
        #[derive(Debug, Clone, PartialEq, Eq, Default)]
        pub struct Facts {
            $($(#[$doc])+ pub $field: Reading<$value>,)+
            /// Billing, operations, security.
            pub contacts: [Reading<Option<AlternateContact>>; 3],
            /// Sign-in facts of single users, by user name.
            pub sign_ins: BTreeMap<String, SignIn>,
            /// Access keys of single users, by user name.
            pub user_keys: BTreeMap<String, Reading<Vec<AccessKey>>>,
            /// Services used by single principals, by ARN.
            pub services_used: BTreeMap<String, Reading<Vec<ServiceUse>>>,
            /// SNS topics, by ARN.
            pub sns_topics: BTreeMap<String, Reading<Option<SnsTopic>>>,
            /// CloudTrail events of access keys and of root, as far as read.
            pub traces: BTreeMap<Traced, Trace>,
            /// Newest page of a key's events since a given time, by key id and Region.
            pub attempts: BTreeMap<(String, String), Reading<TrailPage>>,
            /// Whether root's MFA can be assigned by API here. No read tells; lockroot tried it.
            pub root_mfa_api: Reading<RootMfaApi>,
            /// People's answers about what no read tells.
            pub answers: BTreeMap<Topic, Answer>,
            /// Deactivated keys awaiting deletion, by key id. From the journal.
            pub waits: BTreeMap<String, Wait>,
            /// The last proof that someone other than root can sign in. From the journal.
            pub second_way: Option<SecondWay>,
            /// The phone number that AWS last sent a code to at lockroot's request, and when.
            pub phone_code_sent: Option<(String, Timestamp)>,
            /// Alternate contacts that lockroot replaced or deleted, oldest first. From the journal.
            pub previous_contacts: Vec<PreviousContact>,
            /// Primary contacts that lockroot replaced, oldest first. From the journal.
            pub previous_primaries: Vec<PreviousPrimary>,
            /// Accepted risks. From the configuration file.
            pub accepted: Acceptances,
            /// Thresholds of controls. From the configuration file.
            pub parameters: Parameters,
        }

        impl Facts {
            /// Stores an answer in place of the previous one.
            pub fn learn(&mut self, fact: Fact) {
                self.forget_older_sign_ins(&fact);
                match fact {
                    $(Fact::$name(reading) => self.$field = reading,)+
                    Fact::Contact(of, reading) => self.contacts[of as usize] = reading,
                    Fact::SignIn(user, sign_in) => {
                        self.sign_ins.insert(user, sign_in);
                    }
                    Fact::UserKeys(user, reading) => {
                        self.user_keys.insert(user, reading);
                    }
                    Fact::ServicesUsed(arn, reading) => {
                        self.services_used.insert(arn, reading);
                    }
                    Fact::SnsTopic(arn, reading) => {
                        self.sns_topics.insert(arn, reading);
                    }
                    Fact::Trail(TrailQuery { of: Traced::Key(key), since: Some(_), region, .. }, reading) => {
                        self.attempts.insert((key, region), reading);
                    }
                    Fact::Trail(query, reading) => {
                        self.traces.entry(query.of.clone()).or_default().take(&query, &reading);
                    }
                }
            }

            /// Drops the answer to `question`, which may be outdated.
            pub fn forget(&mut self, question: &Question) {
                match question {
                    $(Question::$name => self.$field = Reading::Unread,)+
                    Question::FreshCredentialReport => self.credential_report = Reading::Unread,
                    Question::Contact(of) => self.contacts[*of as usize] = Reading::Unread,
                    Question::SignIn(user) => {
                        self.sign_ins.remove(user);
                    }
                    Question::UserKeys(user) => {
                        self.user_keys.remove(user);
                    }
                    Question::ServicesUsed(arn) => {
                        self.services_used.remove(arn);
                    }
                    Question::SnsTopic(arn) => {
                        self.sns_topics.remove(arn);
                    }
                    Question::Trail(query) => {
                        self.traces.remove(&query.of);
                    }
                }
            }

            /// Whether `question` has no answer yet, not even a failure.
            #[must_use]
            pub fn is_unread(&self, question: &Question) -> bool {
                match question {
                    $(Question::$name => self.$field.is_unread(),)+
                    Question::FreshCredentialReport => self.credential_report.is_unread(),
                    Question::Contact(of) => self.contact(*of).is_unread(),
                    Question::SignIn(user) => !self.sign_ins.contains_key(user),
                    Question::UserKeys(user) => !self.user_keys.contains_key(user),
                    Question::ServicesUsed(arn) => !self.services_used.contains_key(arn),
                    Question::SnsTopic(arn) => !self.sns_topics.contains_key(arn),
                    Question::Trail(query) => !self.traces.contains_key(&query.of),
                }
            }

            /// Why `question` could not be answered.
            #[must_use]
            pub fn failure(&self, question: &Question) -> Option<&Failure> {
                match question {
                    $(Question::$name => self.$field.failure(),)+
                    Question::FreshCredentialReport => self.credential_report.failure(),
                    Question::Contact(of) => self.contact(*of).failure(),
                    Question::SignIn(user) => {
                        let sign_in = self.sign_ins.get(user)?;
                        sign_in.password.failure().or_else(|| sign_in.devices.failure())
                    }
                    Question::UserKeys(user) => self.user_keys.get(user)?.failure(),
                    Question::ServicesUsed(arn) => self.services_used.get(arn)?.failure(),
                    Question::SnsTopic(arn) => self.sns_topics.get(arn)?.failure(),
                    Question::Trail(_) => None,
                }
            }

            /// The stored answer to `question`, for a simulated AWS. CloudTrail pages are not stored, so they are
            /// unread.
            #[must_use]
            pub fn answer(&self, question: &Question) -> Fact {
                match question {
                    $(Question::$name => Fact::$name(self.$field.clone()),)+
                    Question::FreshCredentialReport => Fact::CredentialReport(self.credential_report.clone()),
                    Question::Contact(of) => Fact::Contact(*of, self.contact(*of).clone()),
                    Question::SignIn(user) => {
                        Fact::SignIn(user.clone(), self.sign_in(user).cloned().unwrap_or_default())
                    }
                    Question::UserKeys(user) => {
                        Fact::UserKeys(user.clone(), self.user_keys.get(user).cloned().unwrap_or_default())
                    }
                    Question::ServicesUsed(arn) => {
                        Fact::ServicesUsed(arn.clone(), self.services_used.get(arn).cloned().unwrap_or_default())
                    }
                    Question::SnsTopic(arn) => {
                        Fact::SnsTopic(arn.clone(), self.sns_topics.get(arn).cloned().unwrap_or_default())
                    }
                    Question::Trail(query) => Fact::Trail(query.clone(), Reading::Unread),
                }
            }
        }
    };
}

pub(super) use questions;
