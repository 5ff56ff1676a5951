"""The work behind the webhook: events become answers, in order, also after a crash."""
