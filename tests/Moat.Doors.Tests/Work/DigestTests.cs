using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Moat.Hosting.Mail;
using Moat.Isms.Work.Digests;
using SmtpServer.Protocol;
using SmtpResponse = SmtpServer.Protocol.SmtpResponse;

namespace Moat.Tests;

/// <summary>
/// Digests through a real SMTP server: at most one a day, what is in it, who gets none, what happens when mail does not
/// go out.
/// </summary>
[TakesLong]
public sealed class DigestTests
{
    // A Tuesday.
    private static readonly DateTimeOffset Morning = new(2026, 3, 3, 7, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task One_message_a_day_says_what_is_open_in_words_and_links()
    {
        await using var smtp = Relay.Start();
        var clock = new FakeTimeProvider(Morning.AddHours(-2));
        await using var acme = await Found(smtp, clock);
        await acme.Do(
            "risks.create",
            new JsonObject
            {
                ["title"] = "Labels <b>turned</b> around",
                ["cause"] = "One annotator is enough.",
                ["consequence"] = "The next run learns it.",
                ["owner"] = "PER-1",
            }
        );
        await acme.Do(
            "training.assign",
            new JsonObject
            {
                ["course"] = "everyone",
                ["people"] = new JsonArray("PER-1"),
                ["reason"] = "We begin.",
                ["days"] = 30,
            }
        );
        await Run(acme);
        Assert.Empty(smtp.Messages);
        clock.SetUtcNow(Morning);
        await Run(acme);
        await Run(acme);
        var message = Assert.Single(smtp.Messages);
        Assert.Equal(
            ("Moat <moat@acme.test>", "\"Ada Acme\" <ada@acme.test>"),
            (message.From.ToString().Replace("\"", "", StringComparison.Ordinal), message.To.ToString())
        );
        Assert.Equal("Acme: 2 things to do", message.Subject);
        Assert.Equal("auto-generated", message.Headers["Auto-Submitted"]);
        Assert.Equal("multipart/alternative", message.Body!.ContentType.MimeType);
        Assert.Contains(
            "https://moat.acme.test/acme/tasks?mine=true#TASK-1",
            message.TextBody,
            StringComparison.Ordinal
        );
        Assert.Contains("Learn", message.TextBody, StringComparison.Ordinal);
        Assert.Contains("Labels &lt;b&gt;turned&lt;/b&gt;", message.HtmlBody, StringComparison.Ordinal);
        Assert.DoesNotContain("annotator", message.TextBody, StringComparison.Ordinal);
        var sent = Assert.Single(await Log(acme));
        Assert.Equal((MailState.Sent, 1, new DateOnly(2026, 3, 3)), (sent.State, sent.Attempts, sent.On));

        // A day on which nothing is new or due is a day without a message; Monday tells what is due in the week.
        clock.SetUtcNow(Morning.AddDays(2));
        await Run(acme);
        clock.SetUtcNow(Morning.AddDays(4));
        await Run(acme);
        Assert.Single(smtp.Messages);
        clock.SetUtcNow(Morning.AddDays(13));
        await Run(acme);
        Assert.Equal(2, smtp.Messages.Count);
    }

    [Fact]
    public async Task Who_chose_none_or_is_away_gets_none()
    {
        await using var smtp = Relay.Start();
        var clock = new FakeTimeProvider(Morning);
        await using var acme = await Found(smtp, clock);
        await acme.Do(
            "risks.create",
            new JsonObject
            {
                ["title"] = "Labels turned around",
                ["cause"] = "One annotator is enough.",
                ["consequence"] = "The next run learns it.",
                ["owner"] = "PER-1",
            }
        );
        await acme.Do("digests.choose", new JsonObject { ["wanted"] = false });
        await Run(acme);
        Assert.Empty(smtp.Messages);
        await acme.Do("digests.choose", new JsonObject { ["wanted"] = true });
        await acme.Do("people.create", new JsonObject { ["name"] = "Nia New", ["email"] = "nia@acme.test" });
        await acme.Do(
            "absences.create",
            new JsonObject
            {
                ["from"] = "2026-03-03",
                ["until"] = "2026-03-03",
                ["deputy"] = "PER-2",
            }
        );
        await Run(acme);
        Assert.Empty(smtp.Messages);
        await acme.Do("absences.end", new JsonObject { ["ref"] = "ABS-1" });
        await Run(acme);
        Assert.Single(smtp.Messages);
    }

    [Fact]
    public async Task Mail_that_does_not_go_out_is_tried_again_later_and_a_refusal_for_good_is_not()
    {
        await using var smtp = Relay.Start();
        var clock = new FakeTimeProvider(Morning);
        await using var acme = await Found(smtp, clock);
        await acme.Do(
            "risks.create",
            new JsonObject
            {
                ["title"] = "Labels turned around",
                ["cause"] = "One annotator is enough.",
                ["consequence"] = "The next run learns it.",
                ["owner"] = "PER-1",
            }
        );
        smtp.Answer = new SmtpResponse((SmtpReplyCode)451, "not now");
        await Run(acme);
        var waiting = Assert.Single(await Log(acme));
        Assert.Equal((MailState.Waiting, 1), (waiting.State, waiting.Attempts));
        Assert.Contains("451", waiting.Result, StringComparison.Ordinal);
        smtp.Answer = SmtpResponse.Ok;
        await Run(acme);
        Assert.Empty(smtp.Messages);
        clock.Advance(TimeSpan.FromMinutes(5));
        await Run(acme);
        Assert.Equal(MailState.Sent, Assert.Single(await Log(acme)).State);

        smtp.Answer = new SmtpResponse(SmtpReplyCode.MailboxUnavailable, "no such mailbox");
        clock.SetUtcNow(Morning.AddDays(13));
        await Run(acme);
        Assert.Equal((MailState.Failed, 1), ((await Log(acme))[0].State, (await Log(acme))[0].Attempts));
    }

    [Fact]
    public async Task Over_STARTTLS_a_user_signs_in_and_the_message_goes_out_by_the_operators_own_authority()
    {
        using var authority = new TestAuthority();
        using var certificate = authority.Issue("localhost");
        await using var smtp = Relay.Start(certificate, "moat", "hunter2-hunter2");
        await using var acme = await Working(
            smtp.Options with
            {
                User = "moat",
                Secret = "hunter2-hunter2",
                Authorities = authority.Trusted(),
            }
        );
        await Run(acme);
        Assert.Single(smtp.Messages);
        Assert.Equal((MailState.Sent, true), (Assert.Single(await Log(acme)).State, smtp.SignedInOverTls));
    }

    [Fact]
    public async Task A_wrong_password_sends_nothing_and_is_not_told()
    {
        using var authority = new TestAuthority();
        using var certificate = authority.Issue("localhost");
        await using var smtp = Relay.Start(certificate, "moat", "hunter2-hunter2");
        await using var acme = await Working(
            smtp.Options with
            {
                User = "moat",
                Secret = "another-secret",
                Authorities = authority.Trusted(),
            }
        );
        await Run(acme);
        Assert.Empty(smtp.Messages);
        var waiting = Assert.Single(await Log(acme));
        Assert.Equal(MailState.Waiting, waiting.State);
        Assert.DoesNotContain("another-secret", waiting.Result, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_refused_before_the_password_is_said()
    {
        using var authority = new TestAuthority();
        using var certificate = authority.Issue("localhost");
        await using var smtp = Relay.Start(certificate, "moat", "hunter2-hunter2");
        var options = smtp.Options with { User = "moat", Secret = "hunter2-hunter2" };
        Assert.Contains("name that with --smtp-ca", await Refused(smtp, options), StringComparison.Ordinal);
        // Nor by another authority, nor for another name, nor after its time.
        using var other = new TestAuthority();
        Assert.Contains(
            "none of the authorities that --smtp-ca names",
            await Refused(smtp, options with { Authorities = other.Trusted() }),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "is for another name: CN=localhost",
            await Refused(smtp, options with { Host = "127.0.0.1", Authorities = authority.Trusted() }),
            StringComparison.Ordinal
        );
        using var old = authority.Issue("localhost", days: -1);
        await using var late = Relay.Start(old, "moat", "hunter2-hunter2");
        Assert.Contains(
            "none of the authorities",
            await Refused(
                late,
                late.Options with
                {
                    User = "moat",
                    Secret = "hunter2-hunter2",
                    Authorities = authority.Trusted(),
                }
            ),
            StringComparison.Ordinal
        );
        // One that says that it cannot do TLS is not talked to in the clear.
        await using var plain = Relay.Start();
        Assert.Contains(
            "STARTTLS",
            await Refused(
                plain,
                plain.Options with
                {
                    Protection = MailProtection.StartTls,
                    User = "moat",
                    Secret = "hunter2-hunter2",
                }
            ),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void An_authority_is_read_from_a_PEM_file_and_what_is_none_is_refused()
    {
        using var folder = new TemporaryFolder();
        using var authority = new TestAuthority();
        File.WriteAllText(folder.Of("ca.pem"), authority.Pem);
        Assert.Single(MailOptions.ReadAuthorities(folder.Of("ca.pem"), why => Assert.Fail(why))!);
        File.WriteAllText(folder.Of("none.pem"), "not a certificate");
        foreach (var file in new[] { "none.pem", "missing.pem" })
        {
            var said = "";
            Assert.Null(MailOptions.ReadAuthorities(folder.Of(file), why => said = why));
            Assert.Contains(file, said, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Without_a_mail_server_nothing_is_tried_and_one_that_is_away_is_no_error()
    {
        var clock = new FakeTimeProvider(Morning);
        await using var without = await Acme.Found(clock: clock);
        await Run(without);
        Assert.Empty(await Log(without));
        await using var acme = await Acme.Found(
            clock: clock,
            mail: new MailOptions
            {
                Host = "127.0.0.1",
                Port = 9,
                Protection = MailProtection.None,
                From = "moat@acme.test",
            }
        );
        await acme.Do(
            "risks.create",
            new JsonObject
            {
                ["title"] = "Labels turned around",
                ["cause"] = "One annotator is enough.",
                ["consequence"] = "The next run learns it.",
                ["owner"] = "PER-1",
            }
        );
        await Run(acme);
        Assert.Equal(MailState.Waiting, Assert.Single(await Log(acme)).State);
    }

    [Theory]
    [InlineData("smtp://moat@mail.example:2587", MailProtection.StartTls, 2587)]
    [InlineData("smtps://mail.example", MailProtection.Tls, 465)]
    [InlineData("smtp+plain://127.0.0.1", MailProtection.None, 25)]
    public void A_mail_server_is_named_by_an_address_and_printed_without_its_password(
        string address,
        MailProtection protection,
        int port
    )
    {
        var options = MailOptions.Read(address, "Moat <moat@acme.test>", "hunter2-hunter2", why => Assert.Fail(why))!;
        Assert.Equal((protection, port), (options.Protection, options.Port));
        Assert.DoesNotContain("hunter2", options.ToString(), StringComparison.Ordinal);
        Assert.Contains("****", options.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mail.example", "moat@acme.test")]
    [InlineData("https://mail.example", "moat@acme.test")]
    [InlineData("smtp://moat:secret@mail.example", "moat@acme.test")]
    [InlineData("smtp://mail.example", null)]
    public void What_is_no_mail_server_is_refused_with_what_to_write(string address, string? from)
    {
        var said = "";
        Assert.Null(MailOptions.Read(address, from, null, why => said = why));
        Assert.True(said.Length > 20);
    }

    private static Task<Acme> Found(Relay smtp, FakeTimeProvider clock) =>
        Acme.Found(clock: clock, mail: smtp.Options, publicUrl: new Uri("https://moat.acme.test"));

    /// <summary>A company in which something is to be told this morning.</summary>
    private static async Task<Acme> Working(MailOptions mail)
    {
        var acme = await Acme.Found(clock: new FakeTimeProvider(Morning), mail: mail);
        await acme.Do(
            "risks.create",
            new JsonObject
            {
                ["title"] = "Labels turned around",
                ["cause"] = "One annotator is enough.",
                ["consequence"] = "The next run learns it.",
                ["owner"] = "PER-1",
            }
        );
        return acme;
    }

    /// <summary>What is kept of mail that did not go out; nobody may have signed in for it.</summary>
    private static async Task<string> Refused(Relay smtp, MailOptions mail)
    {
        await using var acme = await Working(mail);
        await Run(acme);
        Assert.Empty(smtp.Messages);
        Assert.Null(smtp.SignedInOverTls);
        var waiting = Assert.Single(await Log(acme));
        Assert.Equal(MailState.Waiting, waiting.State);
        return waiting.Result!;
    }

    private static Task Run(Acme acme) =>
        acme.Services.GetRequiredService<DigestRunner>().RunOnce(CancellationToken.None);

    private static Task<IReadOnlyList<DigestRow>> Log(Acme acme) =>
        acme.Do<IReadOnlyList<DigestRow>>("digests.list", []);
}
