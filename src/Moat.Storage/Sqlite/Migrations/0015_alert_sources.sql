-- Programs that sign the alerts they tell.

CREATE TABLE "alert_source" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "secret" TEXT NULL,
    "secret_made_at" TEXT NOT NULL,
    "removed_at" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "search" TEXT NOT NULL,
    CONSTRAINT "pk_alert_source" PRIMARY KEY ("organization_id", "id")
);

CREATE UNIQUE INDEX "ix_alert_source_organization_id_number" ON "alert_source" ("organization_id", "number");
