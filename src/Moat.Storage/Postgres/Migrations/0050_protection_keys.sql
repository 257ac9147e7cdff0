-- Keys of cookies, forms and stored secrets, sealed with a key that stands outside the database; every server of it reads the same.
CREATE TABLE protection_key (
    id character varying(200) NOT NULL,
    sealed text NOT NULL,
    added_at timestamp with time zone NOT NULL,
    CONSTRAINT pk_protection_key PRIMARY KEY (id)
);
