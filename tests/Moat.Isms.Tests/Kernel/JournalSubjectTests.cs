using System.Data.Common;
using System.IO.Compression;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Journal;
using Moat.Storage.Backups;

namespace Moat.Tests;

/// <summary>
/// The entries of a record are found by an index that says what the journal says, whatever happens to it.
/// </summary>
[TakesLong]
public sealed class JournalSubjectTests
{
    private const string Migration = "0047_journal_subject.sql";
    private const string Table = "tables/journal_subject.jsonl";

    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task An_entry_is_found_by_every_record_that_it_changed_and_by_no_other(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        var entries = await company.Read(db => db.Journal.OrderBy(e => e.Sequence).ToListAsync());
        var told = entries.SelectMany(JournalSubject.Of).Select(s => (s.Subject, s.Sequence)).Order().ToList();
        Assert.Contains(entries, e => JournalSubject.Of(e).Count() > 20);
        Assert.Equal(told, (await Rows(company)).Order());
        foreach (var (subject, its) in told.GroupBy(t => t.Subject).Select(g => (g.Key, g.Select(t => t.Sequence))))
        {
            var found = await company.Run<JournalProcess, ListJournal, JournalPage>(
                p => p.List,
                new ListJournal { Subject = subject.ToLowerInvariant() }
            );
            Assert.Equal(its.OrderDescending(), found.Items.Select(i => i.Sequence));
            Assert.Equal(found.Items.Count, found.Total);
        }
        var other = await company.NewOwner("rival", "Rita Rival");
        var theirs = await company.Run<JournalProcess, ListJournal, JournalPage>(
            p => p.List,
            new ListJournal { Subject = "RISK-1" },
            other
        );
        Assert.Empty(theirs.Items);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_it_rightly_says_cannot_be_changed_or_taken_out(string database)
    {
        await using var company = await Company.Found(database);
        var before = await Rows(company);
        List<string> changes =
        [
            "UPDATE journal_subject SET sequence = sequence + 1",
            "UPDATE journal_subject SET subject = 'RISK-1'",
            "DELETE FROM journal_subject",
            "DELETE FROM journal_subject WHERE subject = 'PER-1'",
        ];
        if (database == "postgres")
            changes.Add("TRUNCATE journal_subject");
        foreach (var sql in changes)
            Assert.Contains(
                "append-only",
                (await Assert.ThrowsAnyAsync<DbException>(() => WriteTests.Sql(company, sql))).Message,
                StringComparison.Ordinal
            );
        Assert.Equal(before, await Rows(company));
        Assert.Empty(await WriteTests.Findings(company));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Verify_says_what_it_lacks_and_what_it_says_wrongly_and_it_is_made_again(string database)
    {
        await using var company = await Company.Found(database);
        var before = await Rows(company);
        await WriteTests.Sql(
            company,
            "INSERT INTO journal_subject SELECT organization_id, 'RISK-7', 0 FROM journal_entry WHERE sequence = 0"
        );
        await Unguarded(company, "DELETE FROM journal_subject WHERE subject = 'PER-1' AND sequence = 0");
        Assert.Equal(
            [
                "The index of records says that entry 0 changed RISK-7, which it did not. Make the index again with journal.rebuild-subjects.",
                "The index of records lacks that entry 0 changed PER-1. Make the index again with journal.rebuild-subjects.",
            ],
            await WriteTests.Findings(company)
        );
        var entries = await company.Read(db => db.Journal.LongCountAsync());
        Assert.Equal(new RebuiltSubjects(entries, 1, 1), await Rebuild(company));
        Assert.Equal(before, await Rows(company));
        Assert.Empty(await WriteTests.Findings(company));
        Assert.Equal(new RebuiltSubjects(entries, 0, 0), await Rebuild(company));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_upgrade_makes_it_of_the_journals_that_are_there(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        await company.NewOwner("rival", "Rita Rival");
        var before = await Rows(company);
        await WriteTests.Sql(
            company,
            "DROP TABLE journal_subject; " + (database == "postgres" ? "DROP FUNCTION journal_subject_stands;" : ""),
            changesRows: false
        );
        await WriteTests.Sql(company, $"DELETE FROM schemaversions WHERE scriptname = '{Migration}'");
        await using var upgraded = company.Reopen();
        Assert.True(before.Count > 100);
        Assert.Equal(before, await Rows(upgraded, company.Owner));
        Assert.Empty(await WriteTests.Findings(upgraded, company.Owner));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_backup_has_it_and_one_from_before_gets_it_while_it_is_restored(string database)
    {
        await using var company = await RuleTests.Drafted("sqlite");
        var before = await Rows(company);
        using var backup = new MemoryStream();
        await BackupArchive.Write(company.Services, company.Storage, backup, CancellationToken.None);
        Assert.Equal(before, await Restored(database, company, backup));
        using (var archive = new ZipArchive(backup, ZipArchiveMode.Update, leaveOpen: true))
            FromBefore(archive);
        Assert.Equal(before, await Restored(database, company, backup));
    }

    private static async Task<IReadOnlyList<(string, long)>> Restored(
        string database,
        Company from,
        MemoryStream backup
    )
    {
        backup.Position = 0;
        await using var target = await Company.Empty(database);
        await BackupArchive.Restore(target.Services, target.Storage, backup, CancellationToken.None);
        await using var reopened = target.Reopen();
        Assert.Empty(await WriteTests.Findings(reopened, from.Owner));
        return await Rows(reopened, from.Owner);
    }

    private static void FromBefore(ZipArchive archive)
    {
        archive.GetEntry(Table)!.Delete();
        var entry = archive.GetEntry("manifest.json")!;
        JsonObject manifest;
        using (var reader = new StreamReader(entry.Open()))
            manifest = JsonNode.Parse(reader.ReadToEnd())!.AsObject();
        entry.Delete();
        manifest["files"]!.AsObject().Remove(Table);
        var migrations = manifest["migrations"]!.AsArray();
        migrations.Remove(migrations.First(m => (string)m! == Migration));
        using var writer = new StreamWriter(archive.CreateEntry("manifest.json").Open());
        writer.Write(manifest.ToJsonString());
    }

    private static async Task Unguarded(Company company, string sql)
    {
        if (company.Storage.Postgres is not null)
        {
            await WriteTests.Sql(company, $"SET session_replication_role = replica; {sql}");
            return;
        }
        var guard = await company.Read(db =>
            db.Database.SqlQuery<string>(
                    $"SELECT sql AS \"Value\" FROM sqlite_master WHERE name = 'journal_subject_no_delete'"
                )
                .SingleAsync()
        );
        await WriteTests.Sql(company, $"DROP TRIGGER journal_subject_no_delete; {sql}; {guard}");
    }

    private static Task<RebuiltSubjects> Rebuild(Company company) =>
        company.Run<SubjectProcess, Nothing, RebuiltSubjects>(p => p.Rebuild, new Nothing());

    private static async Task<IReadOnlyList<(string, long)>> Rows(Company company, Caller? caller = null) =>
        [
            .. (await company.Read(db => db.Set<JournalSubject>().ToListAsync(), caller))
                .Select(s => (s.Subject, s.Sequence))
                .OrderBy(s => s.Sequence)
                .ThenBy(s => s.Subject, StringComparer.Ordinal),
        ];
}
