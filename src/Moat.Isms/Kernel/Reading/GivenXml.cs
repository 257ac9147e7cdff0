using System.Globalization;
using System.Xml;

namespace Moat.Isms.Kernel.Reading;

/// <summary>What is read and what helps when it is refused, for the sentence of a refusal.</summary>
/// <param name="What">Such as "this workbook".</param>
/// <param name="Help">A sentence, such as "Save it as CSV.".</param>
public sealed record XmlSubject(string What, string Help);

/// <summary>
/// The one way to read XML from outside (XML 1.0), node by node: no document type, nothing outside of it is followed,
/// bounded in depth and in the size of a tag. What is read costs the same at any depth.
/// </summary>
public sealed class GivenXml : IDisposable
{
    /// <summary>
    /// Deeper XML is refused; a workbook's is less than 20 deep, and suites of real test runners less than ten.
    /// </summary>
    public const int MaxDepth = 100;

    /// <summary>A longer tag is refused, so that nobody has to hold one with millions of attributes.</summary>
    public const int LargestTag = 2 * 1024 * 1024;

    private readonly NodeStream? _nodes;
    private readonly XmlSubject _subject;

    /// <summary>Begins to read XML that unpacks while it is read; a text in it is bounded as a tag is.</summary>
    public GivenXml(Stream stream, XmlSubject subject)
        : this(subject, new NodeStream(stream, subject)) { }

    /// <summary>Begins to read a file. Its texts, such as the output of tests, may be as long as itself.</summary>
    public GivenXml(byte[] file, XmlSubject subject)
        : this(subject, new MemoryStream(file))
    {
        if (XmlTags.Longest(file) > LargestTag)
            throw TooLong(subject);
    }

    private GivenXml(XmlSubject subject, Stream stream)
    {
        _nodes = stream as NodeStream;
        _subject = subject;
        Reader = XmlReader.Create(
            stream,
            new XmlReaderSettings
            {
                // No document type: entities that expand without end are the oldest trick of XML.
                DtdProcessing = DtdProcessing.Prohibit,
                XmlResolver = null,
                IgnoreComments = true,
                IgnoreProcessingInstructions = true,
                CloseInput = true,
            }
        );
    }

    /// <summary>Where it stands. Only <see cref="Read"/> may move it to another node.</summary>
    public XmlReader Reader { get; }

    /// <summary>Whether an element starts here.</summary>
    public bool Starts => Reader.NodeType == XmlNodeType.Element;

    /// <summary>Whether an element ends here; one without content ends where it starts.</summary>
    public bool Ends => Reader.NodeType == XmlNodeType.EndElement || (Starts && Reader.IsEmptyElement);

    /// <summary>Goes to the next node; false at the end. Throws <see cref="InputInvalid"/> at a bound and <see
    /// cref="XmlException"/> at what is no XML.</summary>
    public bool Read()
    {
        _nodes?.BeginNode();
        if (!Reader.Read())
            return false;
        if (Reader.Depth > MaxDepth)
            throw Refused(_subject, $"The XML in {_subject.What} is nested more than {MaxDepth} deep.");
        return true;
    }

    /// <inheritdoc />
    public void Dispose() => Reader.Dispose();

    private static InputInvalid TooLong(XmlSubject subject) =>
        Refused(subject, $"One XML tag or text in {subject.What} is larger than {LargestTag / (1024 * 1024)} MiB.");

    private static InputInvalid Refused(XmlSubject subject, FormattableString why) =>
        new("file", $"{why.ToString(CultureInfo.InvariantCulture)} {subject.Help}");

    /// <summary>Hands out a few megabytes for each node.</summary>
    private sealed class NodeStream(Stream inner, XmlSubject subject) : Stream
    {
        private int _given;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public void BeginNode() => _given = 0;

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var read = inner.Read(buffer);
            return (_given += read) <= LargestTag ? read : throw TooLong(subject);
        }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
