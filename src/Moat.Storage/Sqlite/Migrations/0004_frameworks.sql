-- Frameworks that were added as files.
CREATE TABLE "framework" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "publisher" TEXT NOT NULL,
    "format" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "rows" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "search" TEXT NOT NULL,
    CONSTRAINT "pk_framework" PRIMARY KEY ("organization_id", "id")
);

CREATE UNIQUE INDEX "ix_framework_organization_id_key" ON "framework" ("organization_id", "key");

CREATE UNIQUE INDEX "ix_framework_organization_id_number" ON "framework" ("organization_id", "number");
