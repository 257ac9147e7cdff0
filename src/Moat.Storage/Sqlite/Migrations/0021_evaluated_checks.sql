-- By which rule the stored facts were evaluated last.

CREATE TABLE "evaluated_check" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "check" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    CONSTRAINT "pk_evaluated_check" PRIMARY KEY ("organization_id", "id")
);

CREATE UNIQUE INDEX "ix_evaluated_check_organization_id_check" ON "evaluated_check" ("organization_id", "check");
