-- Versions that sources tell of, and what they tell otherwise than it is known.

ALTER TABLE "asset_version" ADD COLUMN "told_by" TEXT NULL;
ALTER TABLE "asset_version" ADD COLUMN "reinstated_because" TEXT NULL;
ALTER TABLE "asset_version" ADD COLUMN "reinstated_by" TEXT NULL;
ALTER TABLE "asset_version" ADD COLUMN "reinstated_at" TEXT NULL;

CREATE TABLE "told_otherwise" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "version_id" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "told_by" TEXT NOT NULL,
    "told" TEXT NOT NULL,
    "since" TEXT NOT NULL,
    "until" TEXT NULL,
    "ended_because" TEXT NULL,
    "settled_by" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    CONSTRAINT "pk_told_otherwise" PRIMARY KEY ("organization_id", "id")
);

CREATE INDEX "ix_told_otherwise_organization_id_version_id" ON "told_otherwise" ("organization_id", "version_id");
