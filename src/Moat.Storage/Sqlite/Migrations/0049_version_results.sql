-- What names the version that it is about: validations, tests, scans, attestations and facts of access.

CREATE TABLE "version_result" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "source_ref" TEXT NOT NULL,
    "given" TEXT NOT NULL,
    "digest" TEXT NULL,
    "version_id" TEXT NULL,
    "passed" INTEGER NULL,
    "says" TEXT NOT NULL,
    "at" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    CONSTRAINT "pk_version_result" PRIMARY KEY ("organization_id", "id")
);

CREATE INDEX "ix_version_result_organization_id_version_id" ON "version_result" ("organization_id", "version_id");
CREATE INDEX "ix_version_result_organization_id_digest" ON "version_result" ("organization_id", "digest");
