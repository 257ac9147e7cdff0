-- Objectives whose number is folded from what Prometheus answers over their period.

ALTER TABLE "objective" ADD COLUMN "fold" TEXT NOT NULL DEFAULT 'Now';
ALTER TABLE "objective" ADD COLUMN "step_minutes" INTEGER NOT NULL DEFAULT 60;
