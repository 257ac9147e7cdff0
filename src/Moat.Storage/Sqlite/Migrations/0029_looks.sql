-- That a person looked at a record again and found it still true.

CREATE TABLE "look" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "subject_ref" TEXT NOT NULL,
    "because" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "by_id" TEXT NOT NULL,
    "on" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    CONSTRAINT "pk_look" PRIMARY KEY ("organization_id", "id")
);

CREATE INDEX "ix_look_organization_id_subject_ref" ON "look" ("organization_id", "subject_ref");
