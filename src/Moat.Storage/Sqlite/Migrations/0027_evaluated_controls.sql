-- A person's look at a control that found nothing to change (why, when, who), and since when it is claimed to be in place.

ALTER TABLE "control" ADD COLUMN "evaluation" TEXT NULL;
ALTER TABLE "control" ADD COLUMN "evaluated_on" TEXT NULL;
ALTER TABLE "control" ADD COLUMN "evaluated_by" TEXT NULL;
ALTER TABLE "control" ADD COLUMN "claimed_since" TEXT NULL;
