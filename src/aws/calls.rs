//! Records the timing of every read.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeSerializationInterceptorContextRef, BeforeTransmitInterceptorContextRef, FinalizerInterceptorContextRef,
};
use aws_smithy_runtime_api::client::orchestrator::Metadata;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::{ConfigBag, Storable, StoreReplace};
use tokio::time::Instant;

use crate::account::calls::CallMade;

/// The calls of one connection, in order of completion.
#[derive(Debug, Clone)]
pub(super) struct CallLog {
    connected: Instant,
    made: Arc<Mutex<Vec<CallMade>>>,
}

/// A call in progress.
#[derive(Debug, Clone, Copy)]
struct Running {
    began: Instant,
    attempt_began: Instant,
    in_attempts: Duration,
    attempts: u32,
}

impl Storable for Running {
    type Storer = StoreReplace<Self>;
}

/// The Region of a call that is made in several Regions.
#[derive(Debug, Clone)]
pub(super) struct CallRegion(pub String);

impl Storable for CallRegion {
    type Storer = StoreReplace<Self>;
}

impl CallLog {
    pub(super) fn new() -> Self {
        Self { connected: Instant::now(), made: Arc::default() }
    }

    /// The completed calls.
    pub(super) fn made(&self) -> Vec<CallMade> {
        self.made.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Updates the call recorded in `cfg`; no effect for a call that did not start here.
fn change(cfg: &mut ConfigBag, with: impl FnOnce(&mut Running)) {
    if let Some(mut running) = cfg.load::<Running>().copied() {
        with(&mut running);
        cfg.interceptor_state().store_put(running);
    }
}

#[aws_smithy_runtime_api::client::interceptors::dyn_dispatch_hint]
impl Intercept for CallLog {
    fn name(&self) -> &'static str {
        "CallLog"
    }

    fn read_before_execution(
        &self,
        _context: &BeforeSerializationInterceptorContextRef<'_>,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let now = Instant::now();
        let running = Running { began: now, attempt_began: now, in_attempts: Duration::ZERO, attempts: 0 };
        cfg.interceptor_state().store_put(running);
        Ok(())
    }

    fn read_before_attempt(
        &self,
        _context: &BeforeTransmitInterceptorContextRef<'_>,
        _runtime_components: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        change(cfg, |running| {
            running.attempt_began = Instant::now();
            running.attempts += 1;
        });
        Ok(())
    }

    fn read_after_attempt(
        &self,
        _context: &FinalizerInterceptorContextRef<'_>,
        _runtime_components: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        change(cfg, |running| running.in_attempts += running.attempt_began.elapsed());
        Ok(())
    }

    fn read_after_execution(
        &self,
        context: &FinalizerInterceptorContextRef<'_>,
        _runtime_components: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let (Some(running), Some(call)) = (cfg.load::<Running>(), cfg.load::<Metadata>()) else { return Ok(()) };
        let took = running.began.elapsed();
        let made = CallMade {
            action: format!("{}:{}", call.service().to_ascii_lowercase(), call.name()),
            region: cfg.load::<CallRegion>().map(|asked| asked.0.clone()),
            began: running.began - self.connected,
            took,
            waited: took.saturating_sub(running.in_attempts),
            attempts: running.attempts,
            failed: context.output_or_error().is_none_or(|result| result.is_err()),
        };
        self.made.lock().unwrap_or_else(PoisonError::into_inner).push(made);
        Ok(())
    }
}
