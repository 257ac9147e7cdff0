-- The keys that sign a journal, each named in an entry of it.

CREATE TABLE "signing_key" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "verifier_key" TEXT NOT NULL,
    "replaces" TEXT NULL,
    "statement" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    CONSTRAINT "pk_signing_key" PRIMARY KEY ("organization_id", "id")
);
