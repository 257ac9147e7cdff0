-- Whose account is whose; what an access review could not see and waits for; exceptions that end early.

ALTER TABLE "person" ADD COLUMN "logins" TEXT NOT NULL DEFAULT '[]';
ALTER TABLE "access_review" ADD COLUMN "deputy_id" TEXT NULL;
ALTER TABLE "access_review_item" ADD COLUMN "wanted_permission" TEXT NULL;
ALTER TABLE "access_review_item" ADD COLUMN "confirmed_by" TEXT NULL;
ALTER TABLE "access_review_item" ADD COLUMN "confirmed_how" TEXT NULL;
ALTER TABLE "check_exception" ADD COLUMN "ended_at" TEXT NULL;
ALTER TABLE "check_exception" ADD COLUMN "ended_because" TEXT NULL;

CREATE TABLE "access_review_gap" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "review_id" TEXT NOT NULL,
    "resource_id" TEXT NOT NULL,
    "resource_name" TEXT NOT NULL,
    "why" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    CONSTRAINT "pk_access_review_gap" PRIMARY KEY ("organization_id", "id")
);

CREATE INDEX "ix_access_review_gap_organization_id_review_id" ON "access_review_gap" ("organization_id", "review_id");
