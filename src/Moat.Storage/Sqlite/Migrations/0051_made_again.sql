-- Runs that made the bytes of a version again, and what people say of files that a version shares with a withdrawn one.

CREATE TABLE "made_again" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "version_id" TEXT NOT NULL,
    "run" TEXT NOT NULL,
    "commit" TEXT NULL,
    "told_by" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    CONSTRAINT "pk_made_again" PRIMARY KEY ("organization_id", "id")
);

CREATE INDEX "ix_made_again_organization_id_version_id" ON "made_again" ("organization_id", "version_id");

CREATE TABLE "shared_answer" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "version_id" TEXT NOT NULL,
    "withdrawn_id" TEXT NOT NULL,
    "because" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "at" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    CONSTRAINT "pk_shared_answer" PRIMARY KEY ("organization_id", "id")
);

CREATE INDEX "ix_shared_answer_organization_id_version_id" ON "shared_answer" ("organization_id", "version_id");
