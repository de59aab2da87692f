"""Thirty people asking at once: errors, waiting times and memory of a running service.

    upr serve &
    python scripts/load.py --url http://127.0.0.1:8765 --users 30 --seconds 120 --pid <its process>

Only addresses of this machine are asked. Needs the extra `test` (httpx, psutil).
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import statistics
import sys
import time
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import httpx
import psutil

QUESTIONS = (
    "What did Cambodia accept on detention, and who asked for it?",
    "How many recommendations did Mongolia receive, by position?",
    "Which recommendations on freedom of expression did Slovenia note?",
    "Which supported recommendations to Mongolia fall within UNICEF's mandate?",
    "How does a State ask the Voluntary Fund for support?",
    "Quelles recommandations sur la détention la Slovénie a-t-elle acceptées ?",
    "¿Cuántas recomendaciones recibió Uruguay sobre la educación?",
    "Какие рекомендации о правах женщин приняла Фиджи?",
    "斯洛文尼亚接受了哪些关于教育的建议？",
    "ما التوصيات التي قبلتها كمبوديا بشأن التعليم؟",
)


@dataclass
class Seen:
    """What was measured."""

    waits: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)


async def _user(
    client: httpx.AsyncClient, until: float, pause: float, seen: Seen, chance: random.Random
) -> None:
    await asyncio.sleep(chance.random() * max(pause, 0.5))
    while time.monotonic() < until:
        began = time.perf_counter()
        try:
            response = await client.post("/api/ask", json={"question": chance.choice(QUESTIONS)})
        except httpx.HTTPError as error:
            seen.errors.append(repr(error))
        else:
            if response.status_code != 200:
                seen.errors.append(f"{response.status_code} {response.text[:200]}")
        seen.waits.append(time.perf_counter() - began)
        await asyncio.sleep(pause * (0.5 + chance.random()))


async def _memory(pid: int | None, until: float, seen: Seen) -> None:
    while pid and time.monotonic() < until:
        seen.memory.append(psutil.Process(pid).memory_info().rss / 1e6)
        await asyncio.sleep(2)


async def run(url: str, users: int, seconds: float, pause: float, pid: int | None) -> dict[str, object]:
    """The figures of one run, waiting times in seconds, memory in MB."""
    seen = Seen()
    limits = httpx.Limits(max_connections=users, max_keepalive_connections=users)
    async with httpx.AsyncClient(base_url=url, timeout=60, limits=limits) as client:
        for question in QUESTIONS:
            await client.post("/api/ask", json={"question": question})
        until = time.monotonic() + seconds
        chance = random.Random(1)
        people = (_user(client, until, pause, seen, random.Random(chance.random())) for _ in range(users))
        await asyncio.gather(*people, _memory(pid, until, seen))
    cuts = statistics.quantiles(seen.waits, n=100)
    third = max(1, len(seen.memory) // 3)
    return {
        "users": users,
        "seconds": seconds,
        "pause": pause,
        "answers": len(seen.waits),
        "errors": len(seen.errors),
        "first_error": seen.errors[0] if seen.errors else None,
        "p50": round(cuts[49], 3),
        "p95": round(cuts[94], 3),
        "p99": round(cuts[98], 3),
        "memory_first_third": round(statistics.mean(seen.memory[:third])) if seen.memory else None,
        "memory_last_third": round(statistics.mean(seen.memory[-third:])) if seen.memory else None,
        "load_average": round(os.getloadavg()[0], 2),
    }


def main() -> int:
    """Run and print the figures as JSON; 1 where an answer failed."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--url", default="http://127.0.0.1:8765")
    options.add_argument("--users", type=int, default=30)
    options.add_argument("--seconds", type=float, default=120)
    options.add_argument(
        "--pause", type=float, default=1.0, help="seconds between an answer and the next question"
    )
    options.add_argument("--pid", type=int, help="process of the service, to measure its memory")
    given = options.parse_args()
    if urlsplit(given.url).hostname not in {"127.0.0.1", "localhost", "::1"}:
        options.error("only a service on this machine is asked")
    figures = asyncio.run(run(given.url, given.users, given.seconds, given.pause, given.pid))
    sys.stdout.write(json.dumps(figures, indent=1) + "\n")
    return 1 if figures["errors"] else 0


if __name__ == "__main__":
    sys.exit(main())
