"""Money at risk in NumPy, as somebody writes it who knows NumPy: risk by risk, all years of a reading at once."""

import json
import sys
import time

import numpy as np

NINE_IN_TEN = 1.645
MOST_EVENTS = 400


def rates(low, usual, high, normal):
    edge = np.maximum(np.where(normal < 0, low, high), 0.001)
    return usual * (edge / usual) ** (np.abs(normal) / NINE_IN_TEN)


def simulate(risks, years):
    luck = np.random.default_rng(0)
    readings = np.zeros((3, years))
    for low, usual, high, cheap, dear, *steps in risks:
        cheap = max(1.0, cheap)
        rate = rates(low, usual, high, np.clip(luck.standard_normal(years), -3.5, 3.5))
        for reading, (likelihood, impact) in enumerate([(0, 0), steps[:2], steps[2:]]):
            events = np.minimum(luck.poisson(3.0**likelihood * rate), MOST_EVENTS)
            normal = np.clip(luck.standard_normal(events.sum()), -3.5, 3.5)
            losses = np.sqrt(cheap * dear) * (dear / cheap) ** (normal / (2 * NINE_IN_TEN))
            year = np.repeat(np.arange(years), events)
            readings[reading] += 10.0**impact * np.bincount(year, weights=losses, minlength=years)
    return readings


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        risks = json.load(file)
    began = time.process_time()
    today = np.sort(simulate(risks, int(sys.argv[2]))[1])
    took = time.process_time() - began
    usual, bad = today[len(today) // 2], today[len(today) * 19 // 20]
    print(
        f"{took:.1f} s of one core, NumPy {np.__version__}. "
        f"Today: expected {today.mean():,.0f}, usual {usual:,.0f}, bad {bad:,.0f}."
    )


if __name__ == "__main__":
    main()
