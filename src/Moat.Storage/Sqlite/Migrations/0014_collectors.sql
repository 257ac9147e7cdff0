-- Keys that may sign attestations; the newest bill of materials that a source told.

CREATE TABLE "attestation_key" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "algorithm" TEXT NOT NULL,
    "public_key" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "key_id" TEXT NULL,
    "retired_at" TEXT NULL,
    "retired_because" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "search" TEXT NOT NULL,
    CONSTRAINT "pk_attestation_key" PRIMARY KEY ("organization_id", "id")
);

CREATE UNIQUE INDEX "ix_attestation_key_organization_id_fingerprint" ON "attestation_key" ("organization_id", "fingerprint");

CREATE UNIQUE INDEX "ix_attestation_key_organization_id_number" ON "attestation_key" ("organization_id", "number");

ALTER TABLE "collector_source" ADD COLUMN "bill_sha256" TEXT NULL;
ALTER TABLE "collector_source" ADD COLUMN "bill_name" TEXT NULL;
