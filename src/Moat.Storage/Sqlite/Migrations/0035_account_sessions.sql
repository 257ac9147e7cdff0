-- Who is signed in where, how often passwords and codes were tried, and which code was used last.

CREATE TABLE "account_session" (
    "id" TEXT NOT NULL CONSTRAINT "pk_account_session" PRIMARY KEY,
    "user_id" TEXT NOT NULL,
    "began_at" TEXT NOT NULL,
    "seen_at" TEXT NOT NULL,
    "ends_at" TEXT NOT NULL,
    "browser" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    CONSTRAINT "fk_account_session_users_user_id" FOREIGN KEY ("user_id") REFERENCES "account" ("id") ON DELETE CASCADE
);

CREATE INDEX "ix_account_session_user_id" ON "account_session" ("user_id");

CREATE TABLE "account_guess" (
    "bucket" TEXT NOT NULL CONSTRAINT "pk_account_guess" PRIMARY KEY,
    "tries" INTEGER NOT NULL,
    "ends_at" TEXT NOT NULL
);

CREATE TABLE "account_code" (
    "user_id" TEXT NOT NULL CONSTRAINT "pk_account_code" PRIMARY KEY,
    "step" INTEGER NOT NULL,
    CONSTRAINT "fk_account_code_users_user_id" FOREIGN KEY ("user_id") REFERENCES "account" ("id") ON DELETE CASCADE
);
