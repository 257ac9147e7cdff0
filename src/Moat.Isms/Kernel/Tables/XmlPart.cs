using System.Xml;

namespace Moat.Isms.Kernel.Tables;

/// <summary>Reads the XML of an Office part node by node, bounded in depth, elements and the size of each node; nothing outside of it is followed.</summary>
internal sealed class XmlPart : IDisposable
{
    /// <summary>Deeper XML than this is refused; a workbook's is less than 20 deep.</summary>
    public const int MostDepth = 100;

    /// <summary>Longer texts than this are refused; Excel itself keeps no more in a cell.</summary>
    public const int LongestText = 32_767;

    private readonly NodeStream _stream;
    private readonly XmlReader _reader;
    private readonly TableBudget _budget;

    public XmlPart(Stream stream, TableBudget budget)
    {
        _stream = new NodeStream(stream);
        _reader = XmlReader.Create(_stream, new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
        });
        _budget = budget;
    }

    /// <summary>The name of the element, without its prefix.</summary>
    public string Name => _reader.LocalName;

    /// <summary>Whether an element starts here.</summary>
    public bool Starts => _reader.NodeType == XmlNodeType.Element;

    /// <summary>Whether an element ends here; one without content ends where it starts.</summary>
    public bool Ends => _reader.NodeType == XmlNodeType.EndElement || (Starts && _reader.IsEmptyElement);

    /// <summary>The text here; empty where there is none.</summary>
    public string Text =>
        _reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace ? _reader.Value : "";

    /// <summary>Goes to the next node; false at the end.</summary>
    public bool Read()
    {
        _stream.BeginNode();
        if (!_reader.Read()) return false;
        if (_reader.Depth > MostDepth)
            throw TableBudget.Refused($"The XML in this workbook is nested more than {MostDepth} deep. Save it again as XLSX, or as CSV.");
        if (Starts) _budget.TakeElement();
        return true;
    }

    /// <summary>An attribute of the element by its name without a prefix.</summary>
    public string? Attribute(string name) => _reader.GetAttribute(name);

    /// <summary>The attribute that names a relationship; its namespace differs between the two editions of the format.</summary>
    public string? RelationshipId()
    {
        string? id = null;
        for (var more = _reader.MoveToFirstAttribute(); more; more = _reader.MoveToNextAttribute())
            if (_reader.LocalName == "id" && _reader.Prefix.Length > 0) id = _reader.Value;
        _reader.MoveToElement();
        return id;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _reader.Dispose();
        _stream.Dispose();
    }

    /// <summary>Hands out a few megabytes for each node, so that one with millions of attributes or one endless text is refused.</summary>
    private sealed class NodeStream(Stream inner) : Stream
    {
        private const int LargestNode = 2 * 1024 * 1024;
        private int _given;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public void BeginNode() => _given = 0;

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var read = inner.Read(buffer);
            if ((_given += read) > LargestNode)
                throw TableBudget.Refused(
                    $"One XML tag or text in this workbook is larger than {LargestNode / (1024 * 1024)} MiB. Save it again as XLSX, or as CSV.");
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing) inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
