-- An acceptance above the appetite waits for top management, and says what ended it. An absence says who recorded it. What one person approved alone says so. An invitation says what for.

ALTER TABLE "risk_acceptance" ADD COLUMN "appetite" INTEGER;
ALTER TABLE "risk_acceptance" ADD COLUMN "needs_agreement" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "risk_acceptance" ADD COLUMN "agreed_by" TEXT;
ALTER TABLE "risk_acceptance" ADD COLUMN "agreed_at" TEXT;
ALTER TABLE "risk_acceptance" ADD COLUMN "ended_because" TEXT;
ALTER TABLE "absence" ADD COLUMN "recorded_by_id" TEXT;
ALTER TABLE "scope" ADD COLUMN "written_by_id" TEXT;
ALTER TABLE "scope" ADD COLUMN "approved_alone" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "risk_method" ADD COLUMN "written_by_id" TEXT;
ALTER TABLE "risk_method" ADD COLUMN "approved_alone" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "invitation" ADD COLUMN "purpose" TEXT;

CREATE TABLE "nobody_else" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "person_id" TEXT NOT NULL,
    "said_by" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "search" TEXT NOT NULL,
    CONSTRAINT "pk_nobody_else" PRIMARY KEY ("organization_id", "id")
);

CREATE UNIQUE INDEX "ix_nobody_else_organization_id_number" ON "nobody_else" ("organization_id", "number");
CREATE INDEX "ix_nobody_else_organization_id_person_id" ON "nobody_else" ("organization_id", "person_id");
