-- Keys of cookies, forms and stored secrets, sealed with a key that stands outside the database; every server of it reads the same.
CREATE TABLE "protection_key" (
    "id" TEXT NOT NULL CONSTRAINT "pk_protection_key" PRIMARY KEY,
    "sealed" TEXT NOT NULL,
    "added_at" TEXT NOT NULL
);
