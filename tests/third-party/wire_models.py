"""What is wrong with a raw answer, by botocore's models: `validate_wire.py` drives an endpoint for it, `changes_by_others.py` plays."""

import base64, binascii, json, re
import xml.etree.ElementTree as ET

COMMON = {"AccessDenied": 403, "AccessDeniedException": (400, 403), "ExpiredToken": 403, "ExpiredTokenException": (400, 403), "IncompleteSignature": 400, "InternalFailure": 500, "InvalidAction": 400, "InvalidClientTokenId": 403,
          "InvalidParameterCombination": 400, "InvalidParameterValue": 400, "MalformedInput": 400, "MissingAction": 400, "MissingAuthenticationToken": 403, "MissingAuthenticationTokenException": (400, 403), "MissingParameter": 400, "NotAuthorized": 400, "OptInRequired": 403,
          "RequestExpired": 400, "ServiceFailure": 500, "ServiceUnavailable": 503, "SignatureDoesNotMatch": 403, "InvalidSignatureException": (400, 403), "UnrecognizedClientException": (400, 403), "Throttling": 400, "ThrottlingException": (400, 429), "ValidationError": 400, "ValidationException": 400, "UnknownOperationException": (400, 404)}
ISO = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?Z")
class Finding(list):
    def __init__(s, where): s.where = where
    def fail(s, path, text): s.append(("FAIL", path, text))
    def note(s, path, text): s.append(("note", path, text))
def q(tag): return (tag[1:].split("}", 1) if tag[0] == "{" else ("", tag))
def scalar_limits(shape, v, path, f):
    md = shape.metadata
    if shape.type_name == "string":
        if shape.enum and v not in shape.enum: f.fail(path, f"{v!r} is not one of {shape.enum[:8]}")
        if "min" in md and len(v) < md["min"]: f.fail(path, f"{v[:60]!r} shorter than {md['min']}")
        if "max" in md and len(v) > md["max"]: f.fail(path, f"longer than {md['max']}")
        if md.get("pattern") and not shape.metadata.get("sensitive"):
            try: ok = re.search(md["pattern"].replace("\\p{L}", r"\w").replace("\\p{N}", r"\d").replace("\\p{Z}", r"\s"), v) is not None and (not md["pattern"].endswith("+") and not md["pattern"].endswith("*") or re.fullmatch(md["pattern"].replace("\\p{L}", r"\w").replace("\\p{N}", r"\d").replace("\\p{Z}", r"\s"), v) is not None)
            except re.error: ok = True
            if not ok: f.fail(path, f"{v[:60]!r} does not match {md['pattern']}")
    elif shape.type_name in ("integer", "long", "float", "double"):
        if "min" in md and float(v) < md["min"]: f.fail(path, f"{v} below {md['min']}")
        if "max" in md and float(v) > md["max"]: f.fail(path, f"{v} above {md['max']}")
def xml_walk(el, shape, path, ns, f):
    if el.attrib: f.note(path, f"attributes {dict(el.attrib)}")
    t = shape.type_name
    if t == "structure":
        by, seen = {}, {}
        for k, m in shape.members.items():
            n = m.serialization.get("name", k)
            if m.type_name == "list" and m.serialization.get("flattened"): n = m.member.serialization.get("name", n)
            by[n] = (k, m)
        for c in el:
            cns, n = q(c.tag)
            if cns != ns: f.fail(f"{path}/{n}", f"namespace {cns!r}, expected {ns!r}")
            if n not in by: f.fail(f"{path}/{n}", f"unknown element (members: {', '.join(by)[:120]})"); continue
            k, m = by[n]; seen[k] = seen.get(k, 0) + 1
            if k == "UserId" and re.fullmatch(r"\d{12}", c.text or "") and (el.findtext(f"{{{ns}}}Arn") or "").endswith(":root"): continue   # the root's UserId is the account id, shorter than the model's 16
            if seen[k] > 1 and not m.serialization.get("flattened"): f.fail(f"{path}/{n}", "repeated")
            xml_walk(c, m.member if m.serialization.get("flattened") and m.type_name == "list" else m, f"{path}/{n}", ns, f)
        root_user = shape.name == "User" and (el.findtext(f"{{{ns}}}Arn") or "").endswith(":root")   # AWS leaves Path/UserName out for the root
        for r in shape.required_members:
            if r not in seen: (f.note if root_user and r in ("Path", "UserName") else f.fail)(f"{path}/{r}", "required member missing")
        if (el.text or "").strip(): f.fail(path, f"text {el.text.strip()[:40]!r} in a structure")
        if "IsTruncated" in shape.members and "IsTruncated" not in seen and path.count("/") == 1: f.note(f"{path}/IsTruncated", "absent (AWS sends it on every list)")
        if "Marker" in by and "Marker" in seen and el.findtext(f"{{{ns}}}IsTruncated") == "false": f.note(f"{path}/Marker", "present though IsTruncated is false")
        if el.findtext(f"{{{ns}}}IsTruncated") == "true" and "Marker" not in seen and "Marker" in by: f.fail(f"{path}/Marker", "missing though IsTruncated is true")
    elif t == "list":
        n = shape.member.serialization.get("name", "member")
        for i, c in enumerate(el):
            if q(c.tag)[1] != n: f.fail(f"{path}[{i}]", f"list item element <{q(c.tag)[1]}>, expected <{n}>")
            if q(c.tag)[0] != ns: f.fail(f"{path}[{i}]", f"namespace {q(c.tag)[0]!r}")
            xml_walk(c, shape.member, f"{path}[{i}]", ns, f)
        if (el.text or "").strip(): f.fail(path, "text in a list")
    elif t == "map":
        kn, vn = shape.key.serialization.get("name", "key"), shape.value.serialization.get("name", "value"); keys = set()
        for i, e in enumerate(el):
            if q(e.tag)[1] != "entry": f.fail(f"{path}/{q(e.tag)[1]}", "map item is not <entry>"); continue
            d = {q(c.tag)[1]: c for c in e}
            if set(d) != {kn, vn} or len(e) != 2: f.fail(f"{path}[{i}]", f"entry has {[q(c.tag)[1] for c in e]}, expected [{kn}, {vn}]"); continue
            if d[kn].text in keys: f.fail(f"{path}[{i}]", f"key {d[kn].text} twice")
            keys.add(d[kn].text); xml_walk(d[kn], shape.key, f"{path}[{i}]/{kn}", ns, f); xml_walk(d[vn], shape.value, f"{path}[{d[kn].text}]", ns, f)
    else:
        if len(el): f.fail(path, f"child elements in a {t}"); return
        v = el.text or ""
        if t == "boolean":
            if v not in ("true", "false"): f.fail(path, f"boolean written {v!r}")
        elif t in ("integer", "long"):
            if not re.fullmatch(r"-?\d+", v): f.fail(path, f"{t} written {v!r}"); return
            scalar_limits(shape, v, path, f)
        elif t in ("float", "double"):
            try: float(v)
            except ValueError: f.fail(path, f"{t} written {v!r}")
        elif t == "timestamp":
            if not ISO.fullmatch(v): f.fail(path, f"timestamp {v!r} is not yyyy-mm-ddThh:mm:ssZ")
            elif "." in v: f.note(path, f"fraction of a second in {v!r} (IAM and STS send whole seconds)")
        elif t == "blob":
            try: base64.b64decode(v, validate=True)
            except (binascii.Error, ValueError): f.fail(path, f"not base64: {v[:30]!r}")
        else: scalar_limits(shape, v, path, f)
def json_walk(v, shape, path, f, loc=True):
    t = shape.type_name
    if v is None: f.fail(path, "null"); return
    def bad(): f.fail(path, f"{t} expected, got {type(v).__name__} {str(v)[:40]!r}")
    if t == "structure":
        if not isinstance(v, dict): return bad()
        by = {m.serialization.get("name", k) if loc else k: (k, m) for k, m in shape.members.items() if m.serialization.get("location") in (None,)}
        for n in v:
            if n not in by: f.fail(f"{path}/{n}", f"unknown member (members: {', '.join(by)[:120]})")
            else: json_walk(v[n], by[n][1], f"{path}/{n}", f, loc)
        for r in shape.required_members:
            n = next((n for n, (k, _) in by.items() if k == r), None)
            if n and n not in v: f.fail(f"{path}/{n}", "required member missing")
    elif t == "list":
        if not isinstance(v, list): return bad()
        for i, x in enumerate(v): json_walk(x, shape.member, f"{path}[{i}]", f, loc)
    elif t == "map":
        if not isinstance(v, dict): return bad()
        for k, x in v.items(): json_walk(x, shape.value, f"{path}[{k}]", f, loc)
    elif t == "boolean":
        if not isinstance(v, bool): bad()
    elif t in ("integer", "long"):
        if not isinstance(v, int) or isinstance(v, bool): bad()
        else: scalar_limits(shape, v, path, f)
    elif t in ("float", "double"):
        if not isinstance(v, (int, float)) or isinstance(v, bool): bad()
    elif t == "timestamp":
        fmt = shape.serialization.get("timestampFormat", "unixTimestamp")
        if fmt == "unixTimestamp" and (not isinstance(v, (int, float)) or isinstance(v, bool)): f.fail(path, f"timestamp {v!r}: this protocol sends seconds since 1970 as a number")
        elif fmt == "iso8601" and not (isinstance(v, str) and ISO.fullmatch(v)): f.fail(path, f"timestamp {v!r} is not yyyy-mm-ddThh:mm:ssZ")
    elif t == "blob":
        try: base64.b64decode(v, validate=True)
        except (binascii.Error, ValueError, TypeError): f.fail(path, "not base64")
    else:
        if not isinstance(v, str): return bad()
        scalar_limits(shape, v, path, f)
# The documents.
def check_code(f, op, code, http, sender=None):
    declared = {e.metadata.get("error", {}).get("code", e.name): e for e in op.error_shapes}
    if code in declared:
        er = declared[code].metadata.get("error", {}); want = er.get("httpStatusCode")
        if want and want != http: f.fail("error", f"{code} with HTTP {http}, the model says {want}")
        if sender is not None and er and er.get("senderFault") is True and sender != "Sender": f.fail("error", f"{code} is a Sender fault, Type says {sender}")
    elif code in COMMON:
        want = COMMON[code] if isinstance(COMMON[code], tuple) else (COMMON[code],)
        if http not in want: f.fail("error", f"{code} with HTTP {http}, common errors use {want}")
    else: f.fail("error", f"code {code!r} is neither declared for this operation ({', '.join(declared) or 'none'}) nor a common error")
def header(h, n): return next((v for k, v in h.items() if k.lower() == n.lower()), None)
def check_query(op, http, h, body, f):
    ns = op.service_model.metadata["xmlNamespace"]; ct = (header(h, "Content-Type") or "").split(";")[0]
    if ct not in ("text/xml", "application/xml"): f.fail("headers", f"Content-Type {ct!r}, expected text/xml")
    try: root = ET.fromstring(body)
    except ET.ParseError as e: f.fail("body", f"not XML ({e}): {body[:60]!r}"); return
    rns, rt = q(root.tag)
    if rns != ns: f.fail(rt, f"xmlns {rns!r}, expected {ns!r}")
    rid = None
    if http < 300:
        if rt != op.name + "Response": f.fail("body", f"root <{rt}>, expected <{op.name}Response>")
        out = op.output_shape; w = out.serialization.get("resultWrapper") if out else None; kids = [q(c.tag)[1] for c in root]
        for n in kids:
            if n not in (w, "ResponseMetadata"): f.fail(f"{rt}/{n}", "unexpected element" + (" (operation without output)" if not out else ""))
        if w and w not in kids: f.fail(rt, f"<{w}> missing")
        for c in root:
            if q(c.tag)[1] == w: xml_walk(c, out, w, rns, f)
        md = root.find(f"{{{rns}}}ResponseMetadata" if rns else "ResponseMetadata")
        if md is None: f.fail(rt, "<ResponseMetadata> missing")
        else:
            rid = md.findtext(f"{{{rns}}}RequestId" if rns else "RequestId")
            if not rid: f.fail(rt, "<RequestId> missing")
    else:
        if rt != "ErrorResponse": f.fail("error", f"root <{rt}>, expected <ErrorResponse>"); return
        p = f"{{{rns}}}" if rns else ""
        for c in root:
            if q(c.tag)[1] not in ("Error", "RequestId"): f.fail(f"ErrorResponse/{q(c.tag)[1]}", "unexpected element")
        e, rid = root.find(p + "Error"), root.findtext(p + "RequestId")
        if not rid: f.fail("ErrorResponse", "<RequestId> missing")
        if e is None: f.fail("ErrorResponse", "<Error> missing"); return
        d = {}
        for c in e:
            n = q(c.tag)[1]
            if n not in ("Type", "Code", "Message", "Detail"): f.fail(f"Error/{n}", "unexpected element")
            if n in d: f.fail(f"Error/{n}", "repeated")
            d[n] = c.text or ""
        for n in ("Type", "Code", "Message"):
            if n not in d: f.fail(f"Error/{n}", "missing")
            elif not d[n] and n != "Message": f.fail(f"Error/{n}", "empty")
        if d.get("Type") not in (None, "", "Sender", "Receiver"): f.fail("Error/Type", f"{d['Type']!r}")
        if d.get("Type") == "Sender" and http >= 500: f.fail("Error/Type", f"Sender with HTTP {http}")
        if d.get("Type") == "Receiver" and http < 500: f.fail("Error/Type", f"Receiver with HTTP {http}")
        if d.get("Code"): check_code(f, op, d["Code"], http, d.get("Type"))
    hid = header(h, "x-amzn-RequestId")
    if not hid: f.fail("headers", "x-amzn-RequestId missing")
    elif rid and hid != rid: f.note("headers", "x-amzn-RequestId differs from <RequestId>")
    if rid and not re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", rid): f.note("RequestId", f"{rid[:24]!r} is not a UUID")
def check_json(op, http, h, body, f, rest):
    ct = (header(h, "Content-Type") or "").split(";")[0]; want = "application/json" if rest else f"application/x-amz-json-{op.service_model.metadata.get('jsonVersion', '1.1')}"
    if not header(h, "x-amzn-RequestId"): f.fail("headers", "x-amzn-RequestId missing")
    if body and ct != want: f.fail("headers", f"Content-Type {ct!r}, expected {want!r}")
    try: v = json.loads(body) if body.strip() else {}
    except ValueError: f.fail("body", f"not JSON: {body[:60]!r}"); return
    if http < 300:
        code = op.http.get("responseCode")
        if code and code != http: f.fail("status", f"HTTP {http}, the model says {code}")
        if op.output_shape is None:
            if v: f.fail("body", f"operation without output answered {str(v)[:60]}")
        else: json_walk(v, op.output_shape, "$", f, rest)
    else:
        if not isinstance(v, dict): f.fail("error", "error body is not an object"); return
        et = header(h, "x-amzn-ErrorType"); raw = et or v.get("__type") or v.get("code")
        if not raw: f.fail("error", "neither x-amzn-ErrorType nor __type/code"); return
        if rest and not et: f.note("error", "x-amzn-ErrorType header absent (rest-json services send it)")
        c = raw.split(":")[0].split("#")[-1]; check_code(f, op, c, http)
        low = {k.lower(): k for k in v}
        if "message" not in low: f.note("error", "no message")
        sh = next((e for e in op.error_shapes if e.metadata.get("error", {}).get("code", e.name) == c), None)
        if sh:
            names = {m.serialization.get("name", k): m for k, m in sh.members.items() if m.serialization.get("location") is None}
            for k in v:
                if k in names: json_walk(v[k], names[k], f"error/{k}", f)
                elif k not in ("__type", "code", "message", "Message"): f.fail(f"error/{k}", "unknown member")
                elif k in ("message", "Message") and k not in names: f.note(f"error/{k}", f"the error shape spells it {[n for n in names if n.lower() == 'message']}")
            for r in sh.required_members:
                if r not in v and r in names: f.fail(f"error/{r}", "required member missing")
def judge(op, http, h, body, f):
    """The answer to a call of `op`."""
    proto = op.service_model.resolved_protocol
    if proto == "query": check_query(op, http, h, body, f)
    elif proto in ("json", "rest-json"): check_json(op, http, h, body, f, proto == "rest-json")
    else: f.note("", f"protocol {proto} not checked")
