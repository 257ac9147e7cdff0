-- Versions of models and data: exact bytes, what they were made from, and which endpoint served them.

CREATE TABLE "asset_version" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "asset_id" TEXT NOT NULL,
    "asset_name" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "bytes" INTEGER NULL,
    "format" TEXT NULL,
    "run" TEXT NULL,
    "commit" TEXT NULL,
    "location" TEXT NULL,
    "entered_by" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "checked" TEXT NULL,
    "release_note" TEXT NULL,
    "released_by" TEXT NULL,
    "released_at" TEXT NULL,
    "withdrawn_because" TEXT NULL,
    "withdrawn_by" TEXT NULL,
    "withdrawn_at" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "search" TEXT NOT NULL,
    CONSTRAINT "pk_asset_version" PRIMARY KEY ("organization_id", "id")
);

CREATE UNIQUE INDEX "ix_asset_version_organization_id_asset_id_name" ON "asset_version" ("organization_id", "asset_id", "name");
CREATE INDEX "ix_asset_version_organization_id_state_number" ON "asset_version" ("organization_id", "state", "number");
CREATE UNIQUE INDEX "ix_asset_version_organization_id_number" ON "asset_version" ("organization_id", "number");

CREATE TABLE "version_digest" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "version_id" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "file" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    CONSTRAINT "pk_version_digest" PRIMARY KEY ("organization_id", "id")
);

CREATE INDEX "ix_version_digest_organization_id_value" ON "version_digest" ("organization_id", "value");
CREATE INDEX "ix_version_digest_organization_id_version_id" ON "version_digest" ("organization_id", "version_id");

CREATE TABLE "served_version" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "version_id" TEXT NOT NULL,
    "endpoint_id" TEXT NOT NULL,
    "since" TEXT NOT NULL,
    "said_by" TEXT NOT NULL,
    "until" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    CONSTRAINT "pk_served_version" PRIMARY KEY ("organization_id", "id")
);

CREATE INDEX "ix_served_version_organization_id_endpoint_id_since" ON "served_version" ("organization_id", "endpoint_id", "since");
CREATE INDEX "ix_served_version_organization_id_version_id" ON "served_version" ("organization_id", "version_id");
