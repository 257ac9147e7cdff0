using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Text;
using Moat.Hosting;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Registers;
using Moat.Isms.People;
using Moat.Isms.Provisioning;
using Moat.Isms.Work.Webhooks;
using Moat.Reports;
using static Moat.Tests.BrokenRule;

namespace Moat.Tests;

/// <summary>What comes in from outside and goes out: collectors, webhooks, identity providers, files.</summary>
public sealed class OutsideRuleTests
{
    [Fact]
    public async Task A_paused_source_is_not_read()
    {
        await using var company = await Company.Found("sqlite");
        await company.Do(
            "collectors.create",
            new
            {
                name = "Storage",
                kind = "json",
                settings = new[] { "url=https://x.test", "kind=a.b", "id=/id" },
            }
        );
        var system = Caller.System(company.Owner.OrganizationId, "acme");
        Task<object> Begin() => company.Do("collectors.begin", new { source = "SRC-1" }, system);
        await Begin();
        await Broken("collectors.begin.due", Begin);
        await company.Do("collectors.run", new { @ref = "SRC-1" });
        await company.Do("collectors.edit", new { @ref = "SRC-1", paused = true });
        await Broken("collectors.begin.due", Begin);
        await Broken("collectors.run.paused", () => company.Do("collectors.run", new { @ref = "SRC-1" }));
        await company.Do("collectors.edit", new { @ref = "SRC-1", paused = false });
        await Begin();
    }

    [Fact]
    public async Task A_message_that_waits_is_not_sent_again_and_a_paused_webhook_sends_nothing()
    {
        await using var company = await Company.Found("sqlite");
        await Hook(company);
        var hook = new { @ref = "HOOK-1" };
        await company.Do("webhooks.try", hook);
        var sent = (IReadOnlyList<DeliveryRow>)await company.Do("webhooks.deliveries", hook);
        var resend = new { @ref = "HOOK-1", delivery = Assert.Single(sent).Id };
        await Broken("webhooks.resend.waiting", () => company.Do("webhooks.resend", resend));

        await company.Do("webhooks.edit", new { @ref = "HOOK-1", paused = true });
        await Broken("webhooks.resend.paused", () => company.Do("webhooks.resend", resend));
        await Broken("webhooks.try.paused", () => company.Do("webhooks.try", hook));
    }

    [Fact]
    public async Task So_many_webhooks_are_told_and_no_more()
    {
        await using var company = await Company.Found("sqlite");
        for (var number = 0; number < 50; number++)
            await Hook(company);
        await Broken("webhooks.create.most", () => Hook(company));
        await company.Do("webhooks.remove", new { @ref = "HOOK-1" });
        await Hook(company);
    }

    [Fact]
    public async Task Accounts_and_groups_of_an_identity_provider_do_not_share_their_names()
    {
        await using var company = await Company.Found("sqlite");
        var provider = company.Owner with { Role = Role.Provisioner };
        static object User(string userName, string email) =>
            new
            {
                userName,
                name = "Nora Next",
                email,
            };
        async Task<string> Create(string userName, string email) =>
            ((ProvisionedUser)await company.Do("provisioning.create-user", User(userName, email), provider)).Ref;
        await Create("nora", "nora@acme.test");
        var other = await Create("otto", "otto@acme.test");
        await Broken("provisioning.create-user.once", () => Create("NORA", "another@acme.test"));
        await Broken("provisioning.create-user.once", () => Create("another", "nora@acme.test"));
        Task Replace(string userName, string email) =>
            company.Do("provisioning.replace-user", new { @ref = other, user = User(userName, email) }, provider);
        await Broken("provisioning.replace-user.once", () => Replace("nora", "otto@acme.test"));
        await Broken("provisioning.replace-user.once", () => Replace("otto", "nora@acme.test"));
        await Replace("otto", "o.other@acme.test");

        Task Keep(string displayName) => company.Do("provisioning.keep-group", new { displayName }, provider);
        await Keep("Admins");
        await Broken("provisioning.keep-group.once", () => Keep("ADMINS"));
        await Keep("Readers");
    }

    [Fact]
    public async Task A_file_at_which_the_scanner_cannot_look_is_not_kept()
    {
        using var scanner = new TcpListener(IPAddress.Loopback, 0);
        scanner.Start();
        var answers = Answer(scanner, "INSTREAM size limit exceeded. ERROR\0");
        await using var founded = await RuleTests.Drafted("sqlite");
        await using var company = founded.Reopen(new OutsideWorld { MalwareScanner = $"{scanner.LocalEndpoint}" });
        company.Owner = founded.Owner;
        var said = await Broken(
            "evidence.scan.failed",
            () =>
                company.Do(
                    "evidence.add",
                    new
                    {
                        title = "Gate of the release",
                        clauses = new[] { "9.1" },
                        periodFrom = "2026-01-01",
                        periodTo = "2026-01-02",
                        file = new { name = "gate.txt", content = Encoding.UTF8.GetBytes("Gate passed.") },
                    }
                )
        );
        Assert.EndsWith("INSTREAM size limit exceeded. ERROR", said, StringComparison.Ordinal);
        await answers;
    }

    [Fact]
    public async Task A_register_that_no_workbook_holds_is_not_written_into_one()
    {
        var kind = RecordKind.Of(typeof(Person));
        var full = await new RegisterTable(new Crowd(TableSheet.MostRows)).Of(kind, CancellationToken.None);
        Assert.Equal(TableSheet.MostRows, full.Rows.Count);
        full.MustFit();
        Assert.Same(full, full.Shortened("registers/people.json"));
        var crowd = await new RegisterTable(new Crowd(TableSheet.MostRows + 1)).Of(kind, CancellationToken.None);
        Assert.Equal(TableSheet.MostRows + 1, crowd.Rows.Count);
        var said = await Broken(
            "reports.register.size",
            () =>
            {
                crowd.MustFit();
                return Task.CompletedTask;
            }
        );
        Assert.StartsWith("More than 50,000 rows of Person ", said, StringComparison.Ordinal);
        Assert.Equal(
            "1 more rows are left out here. All of them stand in registers/people.json.",
            crowd.Shortened("registers/people.json").Rows[^1].Single()
        );
    }

    private static Task<object> Hook(Company company) =>
        company.Do(
            "webhooks.create",
            new
            {
                name = "Chat",
                url = "https://chat.test/moat",
                events = new[] { "task.opened" },
            }
        );

    private static async Task Answer(TcpListener scanner, string answer)
    {
        using var client = await scanner.AcceptTcpClientAsync();
        var (stream, asked, part) = (client.GetStream(), new List<byte>(), new byte[4096]);
        // A chunk of no length ends what is asked; whoever hangs up before that was silent.
        while (asked is not [.., 0, 0, 0, 0])
            asked.AddRange(part[..await stream.ReadAsync(part)]);
        await stream.WriteAsync(Encoding.UTF8.GetBytes(answer));
    }

    /// <summary>A register with so many people.</summary>
    private sealed class Crowd(int size) : IRegisterSource
    {
        private static readonly Person Mia = new() { Name = "Mia Meyer", Email = "mia@acme.test" };

        public DateTime Now => default;

        public IQueryable<T> Of<T>()
            where T : Moat.Isms.Kernel.Record => Array.Empty<T>().AsQueryable();

        public Task<List<T>> List<T>(IQueryable<T> query, CancellationToken ct) =>
            Task.FromResult(Enumerable.Repeat((T)(object)Mia, size).ToList());

        public Task<IReadOnlyDictionary<Guid, Referenced>> Find(
            IEnumerable<(string Kind, Guid Id)> keys,
            CancellationToken ct
        ) => Task.FromResult<IReadOnlyDictionary<Guid, Referenced>>(new Dictionary<Guid, Referenced>());

        public object? Value(Referenced record, PropertyInfo field) => null;
    }
}
