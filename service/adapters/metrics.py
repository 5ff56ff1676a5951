"""Metrics: every counter of the service, in one registry, for `/metrics`."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from service.observation import Observation

REGISTRY = CollectorRegistry()
ANSWERS = Counter("kotowari_answers", "Answers given", ["channel", "platform", "verdict", "wording"], registry=REGISTRY)
ANSWER_SECONDS = Histogram(
    "kotowari_answer_seconds",
    "From receipt to answer",
    ["channel"],
    buckets=(0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2, 4, 6, 8, 10),
    registry=REGISTRY,
)
RATINGS = Counter("kotowari_ratings", "Answers rated by their readers", ["useful"], registry=REGISTRY)
TEMPLATES = Counter("kotowari_templates", "Why the template went out", ["reason"], registry=REGISTRY)
OBSERVATIONS_LOST = Counter("kotowari_observations_lost", "Answers that could not be counted", registry=REGISTRY)
GUARD_REFUSALS = Counter("kotowari_guard_refusals", "Model wordings refused, by check", ["check"], registry=REGISTRY)
MODEL_CALLS = Counter("kotowari_model_calls", "Calls of the model, by outcome", ["outcome"], registry=REGISTRY)
MODEL_TOKENS = Counter("kotowari_model_tokens", "Tokens of the model", ["kind"], registry=REGISTRY)
MODEL_DOLLARS = Counter("kotowari_model_dollars", "Cost of the model in US dollars", registry=REGISTRY)
MODEL_SPENT = Gauge(
    "kotowari_model_spent_dollars",
    "US dollars spent or set aside by all workers, today and this month",
    ["period"],
    registry=REGISTRY,
)
MODEL_BREAKER = Gauge("kotowari_model_breaker_open", "1 while the model is not asked", registry=REGISTRY)
LINE_EVENTS = Counter(
    "kotowari_line_events", "Webhook events, by kind and outcome", ["kind", "outcome"], registry=REGISTRY
)
LINE_SENDS = Counter("kotowari_line_sends", "Sends to LINE, by way and outcome", ["way", "outcome"], registry=REGISTRY)


def count_answer(observation: Observation) -> None:
    """Count an answer by its kinds."""
    labels = (observation.channel, observation.platform, observation.verdict, observation.wording)
    ANSWERS.labels(*labels).inc()
    ANSWER_SECONDS.labels(observation.channel).observe(observation.seconds)
    if observation.reason:
        TEMPLATES.labels(observation.reason).inc()


def write_metrics() -> bytes:
    """Return all metrics as Prometheus text."""
    return generate_latest(REGISTRY)
