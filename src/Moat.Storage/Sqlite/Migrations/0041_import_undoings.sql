-- Which imports were taken back.

CREATE TABLE "import_undoing" (
    "organization_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "entry" INTEGER NOT NULL,
    "undone_in" INTEGER NOT NULL,
    "because" TEXT NOT NULL,
    "taken_out" INTEGER NOT NULL,
    "set_back" INTEGER NOT NULL,
    "kept" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    CONSTRAINT "pk_import_undoing" PRIMARY KEY ("organization_id", "id")
);
