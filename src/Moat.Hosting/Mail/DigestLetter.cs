using System.Globalization;
using System.Net;
using System.Text;
using MimeKit;
using Moat.Isms.Work.Digests;
using Moat.Isms.Work.Webhooks;

namespace Moat.Hosting.Mail;

/// <summary>Writes a digest as a letter: plain text, and the same as HTML.</summary>
public static class DigestLetter
{
    private static readonly (string Title, Func<DigestLine, bool> Holds)[] Parts =
    [
        ("Read and confirm", l => l.Purpose == "acknowledge"),
        ("Learn", l => l.Purpose == "course"),
        ("Overdue with people who report to you", l => l.Escalated),
        ("Do", _ => true),
    ];

    /// <summary>
    /// The letter. Its id is that of the delivery, so that one that was sent twice is known as the same.
    /// </summary>
    public static MimeMessage Write(
        DigestMail digest,
        string organization,
        MailOptions options,
        PublicAddress address,
        DateTimeOffset now
    )
    {
        var message = new MimeMessage
        {
            Date = now,
            Subject = Subject(digest),
            MessageId = $"{digest.Delivery:N}@moat.{organization}",
        };
        message.From.Add(MailboxAddress.Parse(options.From));
        message.To.Add(new MailboxAddress(digest.Name, digest.Email));
        // No out-of-office answers (RFC 3834), and a way out that mail programs show.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        if (address.Of(organization, "my#settings") is { } settings)
            message.Headers.Add("List-Unsubscribe", $"<{settings}>");
        message.Body = new BodyBuilder
        {
            TextBody = Text(digest, organization, address),
            HtmlBody = Html(digest, organization, address),
        }.ToMessageBody();
        return message;
    }

    private static string Subject(DigestMail digest)
    {
        var (all, late) = (digest.Lines.Count + digest.More, digest.Lines.Count(l => l.DueOn < digest.On));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{digest.Organization}: {all} {(all == 1 ? "thing" : "things")} to do{(late == 0 ? "" : $", {late} overdue")}"
        );
    }

    private static string Text(DigestMail digest, string organization, PublicAddress address)
    {
        var text = new StringBuilder().Append(
            CultureInfo.InvariantCulture,
            $"Good morning {digest.Name},\n\nthis is open for you in the ISMS of {digest.Organization}:\n"
        );
        foreach (var (title, lines) in Grouped(digest))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{title}\n");
            foreach (var line in lines)
            {
                text.Append(CultureInfo.InvariantCulture, $"- {line.Title} ({When(line, digest.On)}{For(line)})\n");
                if (Link(line, organization, address) is { } link)
                    text.Append(CultureInfo.InvariantCulture, $"  {link}\n");
            }
        }
        if (digest.More > 0)
            text.Append(CultureInfo.InvariantCulture, $"\nand {digest.More} more.\n");
        return text.Append(CultureInfo.InvariantCulture, $"\n{Ending(organization, address)}\n").ToString();
    }

    private static string Html(DigestMail digest, string organization, PublicAddress address)
    {
        var html = new StringBuilder().Append(
            CultureInfo.InvariantCulture,
            $"<!doctype html><html lang=\"en\"><body><p>Good morning {E(digest.Name)},</p><p>this is open for you in the ISMS of {E(digest.Organization)}:</p>"
        );
        foreach (var (title, lines) in Grouped(digest))
        {
            html.Append(CultureInfo.InvariantCulture, $"<h2>{E(title)}</h2><ul>");
            foreach (var line in lines)
            {
                var what = Link(line, organization, address) is { } link
                    ? $"<a href=\"{E(link)}\">{E(line.Title)}</a>"
                    : E(line.Title);
                html.Append(
                    CultureInfo.InvariantCulture,
                    $"<li>{what} ({E(When(line, digest.On))}{E(For(line))})</li>"
                );
            }
            html.Append("</ul>");
        }
        if (digest.More > 0)
            html.Append(CultureInfo.InvariantCulture, $"<p>and {digest.More} more.</p>");
        return html.Append(CultureInfo.InvariantCulture, $"<p>{E(Ending(organization, address))}</p></body></html>")
            .ToString();
    }

    private static IEnumerable<(string Title, IReadOnlyList<DigestLine> Lines)> Grouped(DigestMail digest)
    {
        var rest = digest.Lines.ToList();
        foreach (var (title, holds) in Parts)
        {
            var lines = rest.Where(holds).ToList();
            if (lines.Count > 0)
                yield return (title, lines);
            rest = [.. rest.Except(lines)];
        }
    }

    private static string When(DigestLine line, DateOnly today) =>
        line.DueOn < today ? string.Create(CultureInfo.InvariantCulture, $"overdue since {line.DueOn:d MMM yyyy}")
        : line.DueOn == today ? "due today"
        : string.Create(CultureInfo.InvariantCulture, $"due on {line.DueOn:d MMM yyyy}");

    private static string For(DigestLine line) => line.For is null ? "" : $", for {line.For}";

    private static string? Link(DigestLine line, string organization, PublicAddress address) =>
        address.Of(organization, line.Purpose is "acknowledge" or "course" ? "my" : $"tasks?mine=true#{line.Ref}");

    private static string Ending(string organization, PublicAddress address) =>
        address.Of(organization, "my#settings") is { } settings
            ? $"You get this at most once a day. Stop it at {settings}"
            : "You get this at most once a day. Stop it on the page My security.";

    private static string E(string text) => WebUtility.HtmlEncode(text);
}
