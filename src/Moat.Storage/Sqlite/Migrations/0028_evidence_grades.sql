-- Where evidence came from and as what it was given; who answers for how a control is done and how far it is in place.

ALTER TABLE "evidence_item" ADD COLUMN "origin" TEXT NOT NULL DEFAULT 'Unknown';
ALTER TABLE "evidence_item" ADD COLUMN "shown_as" TEXT NULL;
ALTER TABLE "control" ADD COLUMN "answered_by_id" TEXT NULL;
