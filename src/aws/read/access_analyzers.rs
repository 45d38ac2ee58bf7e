//! Reads the IAM Access Analyzer analyzers of every Region and kind.

use super::pages;
use crate::account::regional::{Analyzer, Regional};
use crate::account::{Failure, Reading};
use crate::aws::Aws;
use crate::aws::plain::{ACCESS_ANALYZER, ServiceRegion};

impl Aws {
    pub(in crate::aws) async fn access_analyzers(&self) -> Reading<Regional<Vec<Analyzer>>> {
        self.in_every_region(|region| async move { self.analyzers(&region).await }).await
    }

    async fn analyzers(&self, region: &str) -> Result<Vec<Analyzer>, Failure> {
        const ACTION: &str = "access-analyzer:ListAnalyzers";
        let place = ServiceRegion { service: &ACCESS_ANALYZER, region };
        let listed = pages::all(ACTION, ("analyzers", "nextToken"), |after| {
            let next = after.map(|after| format!("?nextToken={}", pages::encoded(&after))).unwrap_or_default();
            self.plain.get(place, ACTION, format!("/analyzer{next}"))
        });
        let text = |item: &_, member| pages::text(item, member, ACTION);
        let analyzer = |item| {
            Ok(Analyzer { name: text(&item, "name")?, kind: text(&item, "type")?, status: text(&item, "status")? })
        };
        listed.await?.into_iter().map(analyzer).collect()
    }
}
