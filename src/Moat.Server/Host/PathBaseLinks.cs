using System.Text;
using System.Text.RegularExpressions;

namespace Moat.Server.Host;

/// <summary>
/// Puts the path base before the addresses of links and images as a page leaves; pages write them without it. What
/// people wrote cannot look like one: in text and values a quotation mark is <c>&amp;quot;</c>. Forms post to where
/// they are shown, and carry it already.
/// </summary>
internal sealed partial class PathBaseLinks(RequestDelegate next)
{
    public async Task Invoke(HttpContext http)
    {
        var answer = http.Response.Body;
        using var page = new MemoryStream();
        await using var held = new HeldPage(http.Response, answer, page);
        http.Response.Body = held;
        try
        {
            await next(http);
        }
        finally
        {
            http.Response.Body = answer;
        }
        if (page.Length == 0)
            return;
        var links = Encoding.UTF8.GetBytes(
            Rewrite(Encoding.UTF8.GetString(page.GetBuffer(), 0, (int)page.Length), http.Request.PathBase)
        );
        http.Response.ContentLength = null;
        await answer.WriteAsync(links, http.RequestAborted);
    }

    /// <summary>The page with the path base before its own addresses.</summary>
    internal static string Rewrite(string page, string pathBase) =>
        OwnAddress().Replace(page, found => $"{found.Value}{pathBase[1..]}/");

    [GeneratedRegex("""(?<= (?:href|src)=")/(?!/)""")]
    private static partial Regex OwnAddress();

    /// <summary>Holds pages back until they are whole; everything else passes.</summary>
    private sealed class HeldPage(HttpResponse response, Stream answer, MemoryStream page) : Stream
    {
        private Stream Way =>
            response.ContentType?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) == true ? page : answer;

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush() { }

        public override Task FlushAsync(CancellationToken cancellationToken) =>
            Way == page ? Task.CompletedTask : answer.FlushAsync(cancellationToken);

        public override void Write(byte[] buffer, int offset, int count) => Way.Write(buffer, offset, count);

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            Way.WriteAsync(buffer, offset, count, cancellationToken);

        public override ValueTask WriteAsync(
            ReadOnlyMemory<byte> buffer,
            CancellationToken cancellationToken = default
        ) => Way.WriteAsync(buffer, cancellationToken);

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
